"""The rule about whether what was tested is what was released."""

from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.ratings.boards import make_board
from kb.rules.ratings.rating_words import name_variant, say_released_rating, say_variant_rating
from kb.rules.ratings.variant_findings import find_variant, make_variant_finding
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import write_number


def judge_variant(case: Case) -> Finding | None:
    """'What was tested is what was released' is false if an unreleased variant was rated."""
    if case.claim.claim_type != "variant":
        return None
    board = make_board(case)
    rated = find_variant(case, board)
    return make_variant_finding(case, board, rated, Outcome.REFUTED) if rated else None


def say_variant(verdict: VerdictFact) -> str:
    """Which model was rated, and what the released weights are rated."""
    return (
        f"The model rated {write_number(verdict.numbers['rated'])} is not the one released: it is "
        f"{name_variant(verdict)}."
        f"{say_variant_rating(verdict)}{say_released_rating(verdict)}"
    )


RULE = Rule(
    name="variant",
    version=4,
    order=60,
    plain="The claim that the tested model is the released one is false if an unreleased variant "
    "was tested. Which variants count as unreleased is decided as in the rule for ratings, and so "
    "is which ratings are compared.",
    would_change="A release of the variant that was rated, or a document that shows that the rated "
    "weights are the released ones.",
    judge=judge_variant,
    say=say_variant,
)
