"""What linking knows of a claim, and what it finds of two."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.domain.claim_types import Operator, ValueKind, find_claim_type
from kb.domain.ids import make_canonical_json
from kb.domain.in_force.judgements import Likeness

RULE = "rule:link/1"


@dataclass(frozen=True)
class ComparedClaim:
    """A claim, as far as linking cares, by the names of the published columns.

    `claimed_value` and `claimed_high` are its readings, in `unit`.
    """

    id: str
    model_id: str
    claim_type: str
    claimed_text: str
    metric: str | None = None
    claimed_value: float | None = None
    claimed_high: float | None = None
    unit: str | None = None
    operator: str | None = None
    conditions: dict[str, Any] = field(default_factory=dict)
    founding_row: str | None = None

    @property
    def is_quantity(self) -> bool:
        """Whether it claims a number."""
        return (
            find_claim_type(self.claim_type).kind is ValueKind.QUANTITY
            and self.claimed_value is not None
        )

    @property
    def side(self) -> str:
        """Which way it bounds: at most, at least, or neither.

        "Up to" is how a type that is said so by default states its figure, and bounds nothing;
        "about" and "nearly" don't either.
        """
        if self.operator == find_claim_type(self.claim_type).operator:
            return ""
        sides = {
            Operator.AT_MOST.value: "at most", Operator.LESS_THAN.value: "at most",
            Operator.AT_LEAST.value: "at least", Operator.MORE_THAN.value: "at least",
        }  # fmt: skip
        return sides.get(self.operator or "", "")

    @cached_property
    def conditions_key(self) -> str:
        """The conditions as text, without remarks."""
        said = {name: value for name, value in self.conditions.items() if name != "note"}
        return make_canonical_json(said)


@dataclass(frozen=True)
class Comparison:
    """What the rule finds of two claims: the outcome, how alike they are (0 to 1), and why."""

    outcome: Likeness
    score: float
    reason: str


@dataclass(frozen=True, order=True)
class Pair:
    """A comparison with its two claims, in the order of their ids."""

    left_id: str
    right_id: str
    comparison: Comparison = field(compare=False)


def make_pair(a: ComparedClaim, b: ComparedClaim, comparison: Comparison) -> Pair:
    """Return the pair; two founding claims are never the same by rule."""
    left, right = sorted((a, b), key=lambda claim: claim.id)
    if comparison.outcome is Likeness.SAME and a.founding_row and b.founding_row:
        words = f"{comparison.reason}; but both are founding claims, so a person decides"
        comparison = Comparison(Likeness.UNSURE, comparison.score, words)
    return Pair(left.id, right.id, comparison)


def weaken(comparisons: list[Comparison | None]) -> Comparison:
    """Return the comparison that decides: one that differs, then one that is unsure, then same."""
    found = [comparison for comparison in comparisons if comparison is not None]
    for outcome in (Likeness.DIFFERENT, Likeness.UNSURE):
        for comparison in found:
            if comparison.outcome is outcome:
                return comparison
    return min(found, key=lambda comparison: comparison.score)
