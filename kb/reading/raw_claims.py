"""One thing found in a text, before it becomes a claim; and what was left out."""

from dataclasses import dataclass, field

from kb.domain.claim_types import Operator
from kb.text.marked_text import Marked


@dataclass(frozen=True)
class RawClaim:
    """A claim in the making: its place is [start, end) of `text`.

    `claimed_text` is the value of a type that is not a number. `subjects` are the names it is about; an
    empty tuple leaves that to the document.
    """

    claim_type: str
    text: Marked
    start: int
    end: int
    claimed_value: float | None = None
    claimed_text: str | None = None
    unit: str | None = None
    operator: Operator = Operator.EQUAL
    metric: str | None = None
    subjects: tuple[str, ...] = ()
    locator: str = "text"
    note: str | None = None


@dataclass(frozen=True)
class OpenLabel:
    """A value under a label that no rule knows. `is_read` tells that it was read as prose too."""

    label: str
    text: Marked
    subjects: tuple[str, ...] = ()
    locator: str = "text"
    is_read: bool = False


@dataclass
class RawClaims:
    """All that was found, what was left out with the reason, and what rules leave open."""

    claims: list[RawClaim] = field(default_factory=list)
    excluded: list[tuple[str, str]] = field(default_factory=list)
    open: list[OpenLabel] = field(default_factory=list)

    def leave_out(self, text: str, reason: str) -> None:
        """Note a candidate that is no claim."""
        self.excluded.append((text[:160], reason))
