"""Rules that compare a claimed number with a measured one."""

from kb.domain.claim_types import ClaimType, Direction, Operator, ValueKind
from kb.domain.outcomes import Basis, Outcome
from kb.domain.quantities import compute_rounding, ends_in_zero
from kb.rules.case import Case, Evidence, Finding, Rule, as_plain, make_numbers

_COUNTS = ("params_total", "params_active", "experts")
_WITH_RULES_OF_THEIR_OWN = (*_COUNTS, "elo", "context_length")
_STRENGTH = (Basis.READ_FROM_RELEASE, Basis.MEASURED_HERE, Basis.REPORTED_BY_OTHERS)


def judge_count(case: Case) -> Finding | None:
    """A count holds if it rounds to the claimed one, or lies on the side that was claimed."""
    claimed = case.claim.claimed_value
    if case.claim.claim_type not in _COUNTS or claimed is None:
        return None
    counted = sorted(
        case.of_own_metric(case.claim.claim_type), key=lambda each: _STRENGTH.index(each.basis)
    )
    if not counted or counted[0].value is None:
        return None
    best = counted[0]
    actual = best.value or 0.0
    slack = _find_slack(case, claimed)
    least, most = claimed - slack, max(claimed, case.claim.claimed_high or claimed) + slack
    holds = _holds(case, best, least, most)
    verb = "agrees with" if holds else "differs from"
    words = (
        f"{_write_count(best)} {best.unit or case.claim.unit} ({best.by}) {verb} the claimed "
        f"{as_plain(claimed)}."
    )
    outcome = Outcome.SUPPORTED if holds else Outcome.REFUTED
    return Finding(outcome, words, (best,), make_numbers(claimed=claimed, counted=actual))


def _find_slack(case: Case, claimed: float) -> float:
    """How far a count may lie from the figure as it was written.

    Half a unit of the last digit: "109B" is within half a billion. How exact a figure is that
    ends in zeros, like 400 billion, its writing does not tell; the type's tolerance then holds.
    """
    written = compute_rounding(case.claim.claimed_text, claimed)
    if written and not ends_in_zero(case.claim.claimed_text, claimed):
        return written
    return max(written, case.claim.declared_type.relative_tolerance * claimed)


def _write_count(count: Evidence) -> str:
    if count.low is None or count.low == count.value:
        return as_plain(count.value)
    return f"{as_plain(count.low)} to {as_plain(count.value)}, by how the embedding is counted,"


def _holds(case: Case, count: Evidence, low: float, high: float) -> bool:
    """Whether a way of counting gives the claimed figure."""
    value = count.value or 0.0
    least = value if count.low is None else count.low
    if case.claim.operator in (Operator.AT_LEAST, Operator.MORE_THAN):
        return value >= low
    if case.claim.operator in (Operator.AT_MOST, Operator.LESS_THAN):
        return least <= high
    return least <= high and value >= low


def judge_score(case: Case) -> Finding | None:
    """A score holds if a result at the same precision is as good with its whole interval."""
    claimed, claim_type = case.claim.claimed_value, case.claim.declared_type
    if claim_type.kind is not ValueKind.QUANTITY or claimed is None:
        return None
    if case.claim.claim_type in _WITH_RULES_OF_THEIR_OWN:
        return None
    results = [
        each
        for each in case.of_own_metric(case.claim.metric or case.claim.claim_type)
        if each.value is not None
        and each.unit == case.claim.unit
        and each.conditions.precision == case.claim.conditions.precision
    ]
    if not results:
        return None
    best = min(results, key=lambda each: (each.low is None, _STRENGTH.index(each.basis)))
    outcome = _compare(claimed, max(claimed, case.claim.claimed_high or claimed), best, claim_type)
    interval = f" [{as_plain(best.low)}, {as_plain(best.high)}]" if best.low is not None else ""
    ending = {
        Outcome.SUPPORTED: "which bears the claim out",
        Outcome.OVERSTATED: "which falls short of it",
        Outcome.REFUTED: "which contradicts it",
    }.get(outcome, "which does not decide" if interval else "without an interval, undecided")
    words = (
        f"Said: {as_plain(claimed)}. Found: {as_plain(best.value)}{interval} ({best.by}), {ending}."
    )
    numbers = make_numbers(claimed=claimed, found=best.value, low=best.low, high=best.high)
    return Finding(outcome, words, (best,), numbers)


def _compare(claimed: float, high: float, result: Evidence, claim_type: ClaimType) -> Outcome:
    """Decide by the whole interval; one that straddles the claim does not decide."""
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


COUNT = Rule(
    "count",
    2,
    "A count holds if it rounds to the claimed figure: half a unit of the last digit written, so "
    "109B is within half a billion; 1% where the figure ends in zeros or is written out. A count "
    "of active parameters holds if it does with the embedding table or without.",
    judge_count,
    "A count off the weights' own headers that rounds to another figure would change it; a "
    "count off the release outranks one that others report.",
)
SCORE = Rule(
    "score",
    1,
    "A score holds if the whole interval of a result at the same precision is at least as good, "
    "and is overstated if the whole interval is worse. An interval that straddles the claim does "
    "not decide, nor does a result without one.",
    judge_score,
    "A result in the same precision, with an interval: if all of it is at least as good as "
    "the claim the claim is supported, if all of it is worse it is overstated. More questions "
    "narrow an interval that straddles the claim.",
)
