"""The rule that compares a claimed count with the one on record."""

from kb.domain.claim_types import Operator
from kb.domain.outcomes import Outcome
from kb.domain.quantities import compute_rounding, ends_in_zero
from kb.rules.case import Case, Evidence
from kb.rules.counting.strength import COUNTED, STRENGTH
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import write_number


def judge_count(case: Case) -> Finding | None:
    """A count holds if it rounds to the claimed one, or lies on the side that was claimed."""
    claimed = case.claim.claimed_value
    if case.claim.claim_type not in COUNTED or claimed is None:
        return None
    counted = sorted(
        case.of_own_metric(case.claim.claim_type), key=lambda count: STRENGTH.index(count.basis)
    )
    if not counted or counted[0].value is None:
        return None
    best = counted[0]
    slack = _find_slack(case, claimed)
    least, most = claimed - slack, max(claimed, case.claim.claimed_high or claimed) + slack
    outcome = Outcome.SUPPORTED if _holds(case, best, least, most) else Outcome.REFUTED
    return Finding(outcome, (best,), {"claimed": claimed, "counted": best.value})


def _find_slack(case: Case, claimed: float) -> float:
    """How far a count may lie from the figure as it was written.

    Half a unit of the last digit: "109B" is within half a billion. How exact a figure is that
    ends in zeros, like 400 billion, its writing does not tell; the type's tolerance then holds.
    """
    written = compute_rounding(case.claim.claimed_text, claimed)
    if written and not ends_in_zero(case.claim.claimed_text, claimed):
        return written
    return max(written, case.claim.declared_type.relative_tolerance * claimed)


def _holds(case: Case, count: Evidence, low: float, high: float) -> bool:
    """Whether a way of counting gives the claimed figure."""
    value = count.value or 0.0
    least = value if count.low is None else count.low
    if case.claim.operator in (Operator.AT_LEAST, Operator.MORE_THAN):
        return value >= low
    if case.claim.operator in (Operator.AT_MOST, Operator.LESS_THAN):
        return least <= high
    return least <= high and value >= low


def say_count(verdict: VerdictFact) -> str:
    """Whether the count agrees with the claimed one, and what it is."""
    (count,) = verdict.evidence
    verb = "agrees with" if verdict.outcome is Outcome.SUPPORTED else "differs from"
    unit = count.unit or verdict.claim.unit or ""
    return (
        f"The count {verb} the claimed {write_number(verdict.claim.claimed_value)}: "
        f"{_write_count(count, unit)} ({count.by})."
    )


def _write_count(count: Evidence, unit: str) -> str:
    if count.low is None or count.low == count.value:
        return f"{write_number(count.value)} {unit}".strip()
    ends = f"{write_number(count.low)} to {write_number(count.value)} {unit}".strip()
    return f"{ends}, without and with the embedding table"


RULE = Rule(
    name="count",
    version=2,
    order=90,
    plain="A claimed count holds if the true count rounds to it: to within half a unit of the last "
    "digit written (for 109B, within half a billion), or within 1% where the figure ends in zeros "
    "or is spelt out. A count of active parameters holds if it does so with or without the "
    "embedding table (the list that turns tokens into numbers).",
    would_change="A count from the weights' own headers that rounds to another figure would change "
    "it; a count read from the release outranks one that others report.",
    judge=judge_count,
    say=say_count,
)
