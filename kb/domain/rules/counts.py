"""Rules that compare a claimed number with a measured one."""

from kb.domain.claim_types import Direction, ValueKind
from kb.domain.outcomes import Basis, Outcome
from kb.domain.rules.case import Case, Evidence, Finding, Rule, as_plain, make_numbers

_COUNTS = ("params_total", "params_active", "experts")
_WITH_RULES_OF_THEIR_OWN = (*_COUNTS, "elo", "context_length")
_STRENGTH = (Basis.READ_FROM_RELEASE, Basis.MEASURED_HERE, Basis.REPORTED_BY_OTHERS)


def judge_count(case: Case) -> Finding | None:
    """A count holds if the counted number rounds to the claimed one."""
    claimed = case.claim.value
    if case.claim.type not in _COUNTS or claimed is None:
        return None
    counted = sorted(
        case.of_own_metric(case.claim.type), key=lambda each: _STRENGTH.index(each.basis)
    )
    if not counted or counted[0].value is None:
        return None
    best = counted[0]
    actual = best.value or 0.0
    slack = case.claim.claim_type.relative_tolerance * claimed
    holds = claimed - slack <= actual <= max(claimed, case.claim.high or claimed) + slack
    verb = "agrees with" if holds else "differs from"
    words = (
        f"{as_plain(actual)} {best.unit or case.claim.unit} ({best.by}) {verb} the claimed "
        f"{as_plain(claimed)}."
    )
    outcome = Outcome.SUPPORTED if holds else Outcome.REFUTED
    return Finding(outcome, words, (best,), make_numbers(claimed=claimed, counted=actual))


def judge_score(case: Case) -> Finding | None:
    """A score holds if it lies inside a reported interval or below it, at the same precision."""
    claimed, claim_type = case.claim.value, case.claim.claim_type
    if claim_type.kind is not ValueKind.QUANTITY or claimed is None:
        return None
    if case.claim.type in _WITH_RULES_OF_THEIR_OWN:
        return None
    results = [
        each
        for each in case.of_own_metric(case.claim.metric or case.claim.type)
        if each.value is not None and each.conditions.precision == case.claim.conditions.precision
    ]
    if not results:
        return None
    best = next((each for each in results if each.low is not None), results[-1])
    outcome = _compare(claimed, best, claim_type.direction)
    interval = f" [{as_plain(best.low)}, {as_plain(best.high)}]" if best.low is not None else ""
    ending = {
        Outcome.SUPPORTED: "which bears the claim out",
        Outcome.OVERSTATED: "which falls short of it",
        Outcome.REFUTED: "which contradicts it",
    }.get(outcome, "given without an interval, which does not decide")
    words = (
        f"Said: {as_plain(claimed)}. Found: {as_plain(best.value)}{interval} ({best.by}), {ending}."
    )
    numbers = make_numbers(claimed=claimed, found=best.value, low=best.low, high=best.high)
    return Finding(outcome, words, (best,), numbers)


def _compare(claimed: float, result: Evidence, direction: Direction) -> Outcome:
    if result.low is None or result.high is None:
        return Outcome.INCONCLUSIVE
    if result.low <= claimed <= result.high:
        return Outcome.SUPPORTED
    better = claimed < result.low if direction is Direction.MORE else claimed > result.high
    if better and direction is not Direction.EXACT:
        return Outcome.SUPPORTED
    return Outcome.REFUTED if direction is Direction.EXACT else Outcome.OVERSTATED


COUNT = Rule(
    "count",
    1,
    "A count holds if the counted number is within 1% of the claimed one, which is said in round "
    "figures.",
    judge_count,
)
SCORE = Rule(
    "score",
    1,
    "A score holds if it lies inside the interval of a result at the same precision, or is more "
    "modest than it. A result without an interval does not decide.",
    judge_score,
)
