"""The rule about ratings from battles held here, where no board rates the released weights."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Evidence
from kb.rules.ratings.rating_words import write_rating
from kb.rules.rule import Finding, Rule, VerdictFact, keep_known
from kb.rules.wording import join_names, write_number

METRIC = "battle_elo"
_COMPARED = {Outcome.OVERSTATED: "is above", Outcome.SUPPORTED: "is no higher than"}


def judge_battles(case: Case) -> Finding | None:
    """By the largest contest against anchors of the claim's own board, with its whole interval."""
    claimed = case.claim.claimed_value
    if case.claim.claim_type != "elo" or claimed is None:
        return None
    best = _find_largest(case)
    if best is None or best.low is None or best.high is None:
        return None
    outcome = Outcome.INCONCLUSIVE
    if best.high < claimed:
        outcome = Outcome.OVERSTATED
    elif best.low >= claimed:
        outcome = Outcome.SUPPORTED
    return Finding(outcome, (best,), keep_known(rated=best.value, battles=best.n))


def _find_largest(case: Case) -> Evidence | None:
    board = case.claim.conditions.board
    fought = [
        rating
        for rating in case.of_own_metric(METRIC)
        if rating.basis is Basis.MEASURED_HERE
        and rating.n
        and board in (None, rating.conditions.board)
    ]
    return max(fought, key=lambda rating: (rating.n or 0, rating.id), default=None)


def say_battles(verdict: VerdictFact) -> str:
    """How the claimed rating compares with the one from the battles, and who judged them."""
    (best,) = verdict.evidence
    compared = _COMPARED.get(verdict.outcome, "is inside the interval of")
    judged = f", judged by {best.conditions.rule}" if best.conditions.rule else ""
    return (
        f"The claimed {write_number(verdict.claim.claimed_value)} {compared} the rating of the "
        f"released weights: {write_rating(best)}, from {best.n:,} battles here against "
        f"{join_names(best.conditions.compared_to)}{judged}. People who vote may prefer otherwise."
    )


RULE = Rule(
    name="battles",
    version=1,
    words_version=2,
    order=50,
    plain="Where no leaderboard rates the released weights, we set them against models that are "
    "rated, answer for answer (a battle); the whole interval of the result decides. The verdict "
    "says who judged.",
    would_change="More battles narrow the interval: the claim is overstated once the whole "
    "interval lies below the claimed rating, and supported once it lies at or above it. A board "
    "that rates the released weights comes before battles of ours.",
    judge=judge_battles,
    say=say_battles,
)
