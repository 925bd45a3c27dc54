"""The rule about comparisons on a leaderboard."""

from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.ratings.boards import make_board
from kb.rules.ratings.rating_words import name_variant, say_released_rating, say_variant_rating
from kb.rules.ratings.variant_findings import find_variant, make_variant_finding
from kb.rules.rule import Finding, Rule, VerdictFact


def judge_board_comparison(case: Case) -> Finding | None:
    """A comparison on a board that was entered by an unreleased variant is about that variant."""
    if case.claim.claim_type != "benchmark_comparison" or case.claim.conditions.board is None:
        return None
    board = make_board(case)
    rated = find_variant(case, board)
    return make_variant_finding(case, board, rated, Outcome.WRONG_ARTEFACT) if rated else None


def say_board_comparison(verdict: VerdictFact) -> str:
    """Which model the comparison was made with."""
    return (
        f"The comparison on {verdict.claim.conditions.board} was made with "
        f"{name_variant(verdict)}.{say_variant_rating(verdict)}{say_released_rating(verdict)}"
    )


RULE = Rule(
    name="board_comparison",
    version=2,
    words_version=2,
    order=70,
    plain="A comparison on a leaderboard is about the variant that was entered there.",
    would_change="The same comparison made with the released weights on that board.",
    judge=judge_board_comparison,
    say=say_board_comparison,
)
