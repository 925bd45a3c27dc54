"""The rule that compares a claimed score with a result and its interval."""

from kb.domain.claim_types import ClaimType, Direction, ValueKind
from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.counting.strength import COUNTED, STRENGTH
from kb.rules.rule import Finding, Rule, VerdictFact, keep_known
from kb.rules.wording import write_interval, write_number

_WITH_RULES_OF_THEIR_OWN = (*COUNTED, "elo", "context_length")
_COMPARED = {
    Outcome.SUPPORTED: "The result is at least as good as the claimed",
    Outcome.OVERSTATED: "The result falls short of the claimed",
    Outcome.REFUTED: "The result contradicts the claimed",
}


def judge_score(case: Case) -> Finding | None:
    """A score holds if a result at the same precision is as good with its whole interval."""
    claimed, claim_type = case.claim.claimed_value, case.claim.declared_type
    if claim_type.kind is not ValueKind.QUANTITY or claimed is None:
        return None
    if case.claim.claim_type in _WITH_RULES_OF_THEIR_OWN:
        return None
    results = [
        result
        for result in case.of_own_metric(case.claim.metric or case.claim.claim_type)
        if result.value is not None
        and result.unit == case.claim.unit
        and result.conditions.precision == case.claim.conditions.precision
    ]
    if not results:
        return None
    best = min(results, key=lambda result: (result.low is None, STRENGTH.index(result.basis)))
    outcome = _compare(claimed, max(claimed, case.claim.claimed_high or claimed), best, claim_type)
    numbers = keep_known(claimed=claimed, found=best.value, low=best.low, high=best.high)
    return Finding(outcome, (best,), numbers)


def _compare(claimed: float, high: float, result: Evidence, claim_type: ClaimType) -> Outcome:
    """Decide by the whole interval; one that straddles the claim leaves it open."""
    if result.low is None or result.high is None:
        return Outcome.INCONCLUSIVE
    better = result.low >= claimed
    worse = result.high < claimed
    if claim_type.direction is Direction.LESS:
        better, worse = result.high <= high, result.low > high
    if claim_type.direction is Direction.EXACT:
        outside = worse or result.low > high
        return Outcome.REFUTED if outside else Outcome.INCONCLUSIVE
    return Outcome.SUPPORTED if better else Outcome.OVERSTATED if worse else Outcome.INCONCLUSIVE


def say_score(verdict: VerdictFact) -> str:
    """How the result compares with the claimed score."""
    (best,) = verdict.evidence
    claimed = write_number(verdict.claim.claimed_value)
    told = "; ".join(filter(None, (write_interval(best.low, best.high), best.by)))
    figure = f"{write_number(best.value)} ({told})"
    if verdict.outcome in _COMPARED:
        return f"{_COMPARED[verdict.outcome]} {claimed}: {figure}."
    if best.low is None or best.high is None:
        return f"The result has no interval, so the claimed {claimed} stays open: {figure}."
    return (
        f"Too close to call: the interval of the result includes the claimed {claimed}: {figure}."
    )


RULE = Rule(
    name="score",
    version=1,
    words_version=2,
    order=160,
    plain="A score holds if the whole interval of a result in the same number format is at least "
    "as "
    "good, and is overstated if the whole interval is worse. An interval that includes the claimed "
    "score leaves it open; so does a result with no interval.",
    would_change="A result in the same number format, with an interval: if all of it is at least "
    "as "
    "good as the claim, the claim is supported; if all of it is worse, it is overstated. More "
    "questions narrow an interval that includes the claimed score.",
    judge=judge_score,
    say=say_score,
)
