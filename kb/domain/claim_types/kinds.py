"""What a claim type is made of."""

from dataclasses import dataclass, field
from enum import StrEnum

from kb.domain.claim_types.recognition import Recognition


class ValueKind(StrEnum):
    """What sort of thing the claimed value is."""

    QUANTITY = "quantity"
    TEXT = "text"


class Direction(StrEnum):
    """Which way a vendor would like the number to be."""

    MORE = "more"
    LESS = "less"
    EXACT = "exact"


class Operator(StrEnum):
    """How the claimed value bounds the quantity, as the words put it ("up to" is <=)."""

    EQUAL = "="
    ABOUT = "~"
    AT_MOST = "<="
    LESS_THAN = "<"
    AT_LEAST = ">="
    MORE_THAN = ">"


@dataclass(frozen=True)
class ClaimType:
    """One kind of claim.

    `order` is its place in every list of types. `unit` is the canonical unit; `other_units` may
    stand in its place. `minimum` and `maximum` bound a sane value in the canonical unit.
    `relative_tolerance` widens the comparison of counts that are said in round figures. A type
    that `needs_weights` cannot be tested on a model that was never released; one that is not
    `knowable` cannot be settled from weights or public documents at all. The probes say which
    types they can test. One that `needs_metric` says nothing without the name of its test.
    `reading` is how its claims are recognised in documents.
    """

    order: int
    name: str
    label: str
    asks: str
    kind: ValueKind = ValueKind.TEXT
    unit: str | None = None
    other_units: tuple[str, ...] = ()
    direction: Direction = Direction.EXACT
    operator: Operator = Operator.EQUAL
    minimum: float | None = None
    maximum: float | None = None
    relative_tolerance: float = 0.0
    needs_weights: bool = True
    knowable: bool = True
    needs_metric: bool = False
    reading: Recognition = field(default_factory=Recognition)

    def allows_unit(self, unit: str | None) -> bool:
        """Whether a value in `unit` can be a value of this type."""
        return unit == self.unit or unit in self.other_units

    @property
    def read_unit(self) -> str | None:
        """The unit of its figures as texts give them."""
        return self.reading.unit or self.unit
