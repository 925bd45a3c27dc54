"""The rule that compares a claimed score with a result and its interval."""

from functools import partial

from kb.domain.claim_types import ClaimType, Direction, ValueKind
from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.counting.strength import COUNTED, STRENGTH
from kb.rules.evidence_words import write_by, write_figure, write_result
from kb.rules.rule import Finding, Rule, VerdictFact, keep_known
from kb.rules.wording import join_names, write_number

_WITH_RULES_OF_THEIR_OWN = (*COUNTED, "training_tokens", "elo", "context_length")
_MOST_TOLD = 4
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
    results = sorted(filter(partial(_fits, case), case.of_own_metric(_name(case))), key=_rank)
    if not results:
        return None
    best = results[0]
    outcome = _compare(claimed, max(claimed, case.claim.claimed_high or claimed), best, claim_type)
    numbers = keep_known(claimed=claimed, found=best.value, low=best.low, high=best.high)
    told = (best,) if best.low is not None else tuple(results[:_MOST_TOLD])
    return Finding(outcome, told, numbers)


def _name(case: Case) -> str:
    return case.claim.metric or case.claim.claim_type


def _fits(case: Case, result: Evidence) -> bool:
    """Whether a result is of the claimed figure: its unit, its number format, not its speaker."""
    return (
        result.value is not None
        and not result.is_vendors_word
        and result.unit == case.claim.unit
        and result.conditions.precision == case.claim.conditions.precision
    )


def _rank(result: Evidence) -> tuple[bool, int]:
    return result.low is None, STRENGTH.index(result.basis)


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
    best = verdict.evidence[0]
    claimed, figure = write_number(verdict.claim.claimed_value), write_result(best)
    if verdict.outcome in _COMPARED:
        return f"{_COMPARED[verdict.outcome]} {claimed}: {figure}."
    if best.low is None or best.high is None:
        return _say_without_interval(verdict, claimed)
    return (
        f"Too close to call: the interval of the result includes the claimed {claimed}: {figure}."
    )


def _say_without_interval(verdict: VerdictFact, claimed: str) -> str:
    """All that is on record; where it was run tells apart what else looks the same."""
    many = len(verdict.evidence) > 1
    figures = join_names(_write_run(result) for result in verdict.evidence)
    subject = "The results have" if many else "The result has"
    return f"{subject} no interval, so the claimed {claimed} stays open: {figures}."


def _write_run(result: Evidence) -> str:
    hardware = f" on {result.conditions.hardware}" if result.conditions.hardware else ""
    return f"{write_figure(result)}{hardware} ({write_by(result)})"


RULE = Rule(
    name="score",
    version=2,
    order=160,
    plain="A score holds if the whole interval of a result in the same number format is at "
    "least as good, and is overstated if the whole interval is worse. An interval that includes "
    "the claimed score leaves it open; so does a result with no interval. The vendor's own word "
    "decides nothing.",
    would_change="A result in the same number format, with an interval: if all of it is at least "
    "as good as the claim, the claim is supported; if all of it is worse, it is overstated. More "
    "questions narrow an interval that includes the claimed score.",
    judge=judge_score,
    say=say_score,
)
