"""What linking knows of a claim, and what it finds of two."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.domain.claim_types import Operator, ValueKind, find_claim_type
from kb.domain.ids import make_canonical_json
from kb.domain.judgements import Likeness

RULE = "rule:link/1"


@dataclass(frozen=True)
class ClaimFacts:
    """A claim, as far as linking cares. `low` and `high` are its readings, in `unit`."""

    id: str
    model_id: str
    type: str
    text: str
    metric: str | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    operator: str | None = None
    conditions: dict[str, Any] = field(default_factory=dict)
    seed: str | None = None

    @property
    def is_quantity(self) -> bool:
        """Whether it claims a number."""
        return find_claim_type(self.type).kind is ValueKind.QUANTITY and self.low is not None

    @property
    def side(self) -> str:
        """Which way it bounds: at most, at least, or neither.

        "Up to" is how a type that is said so by default states its figure, and bounds nothing;
        "about" and "nearly" don't either.
        """
        if self.operator == find_claim_type(self.type).operator:
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
class Finding:
    """What the rule finds of two claims: the outcome, how alike they are (0 to 1), and why."""

    outcome: Likeness
    score: float
    reason: str


@dataclass(frozen=True, order=True)
class Pair:
    """A finding with its two claims, in the order of their ids."""

    left_id: str
    right_id: str
    finding: Finding = field(compare=False)


def make_pair(a: ClaimFacts, b: ClaimFacts, finding: Finding) -> Pair:
    """Return the pair; two founding claims are never the same by rule."""
    left, right = sorted((a, b), key=lambda claim: claim.id)
    if finding.outcome is Likeness.SAME and a.seed and b.seed:
        words = f"{finding.reason}; but both are founding claims, so a person decides"
        finding = Finding(Likeness.UNSURE, finding.score, words)
    return Pair(left.id, right.id, finding)


def weaken(findings: list[Finding | None]) -> Finding:
    """Return the finding that decides: one that differs, then one that is unsure, then same."""
    found = [finding for finding in findings if finding is not None]
    for outcome in (Likeness.DIFFERENT, Likeness.UNSURE):
        for finding in found:
            if finding.outcome is outcome:
                return finding
    return min(found, key=lambda finding: finding.score)
