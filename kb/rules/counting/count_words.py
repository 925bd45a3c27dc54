"""The sentence of a verdict on a count."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Evidence
from kb.rules.evidence_words import write_by
from kb.rules.rule import VerdictFact
from kb.rules.wording import write_number

_WAYS = (
    "the claim does not say how it counts, and with another way of counting (with or without "
    "embeddings, image or prediction modules) it may hold"
)


def say_count(verdict: VerdictFact) -> str:
    """Whether the count agrees with the claimed one, and what it is."""
    (count,) = verdict.evidence
    claimed = write_number(verdict.claim.claimed_value)
    figure = f"{_write_count(count, verdict.claim.unit or '')} ({write_by(count)})"
    if verdict.outcome is Outcome.INCONCLUSIVE:
        return (
            f"Too close to call: {figure}, {_write_distance(verdict, count)} the claimed "
            f"{claimed}; {_WAYS}."
        )
    verb = "agrees with" if verdict.outcome is Outcome.SUPPORTED else "differs from"
    return f"The count {verb} the claimed {claimed}: {figure}.{_say_origin(count)}"


def _write_distance(verdict: VerdictFact, count: Evidence) -> str:
    """How far the nearest way of counting is from the claimed figure."""
    claimed, value = verdict.claim.claimed_value or 1.0, count.value or 0.0
    low = value if count.low is None else count.low
    nearest = low if low > claimed else value
    side = "more" if nearest > claimed else "fewer"
    return f"{abs(nearest / claimed - 1):.1%} {side} than"


def _write_count(count: Evidence, claimed_unit: str) -> str:
    unit = count.unit or claimed_unit
    if count.low is None or count.low == count.value:
        return f"{write_number(count.value)} {unit}".strip()
    ends = f"{write_number(count.low)} to {write_number(count.value)} {unit}".strip()
    return f"{ends}, without and with the embedding table"


def _say_origin(count: Evidence) -> str:
    """What a figure was computed from, where that is not a count of the weights."""
    if count.basis is not Basis.COMPUTED or count.metric != "training_tokens":
        return ""
    note = f" {count.conditions.note}" if count.conditions.note else ""
    return f"{note} That the training followed it, nobody outside can check."
