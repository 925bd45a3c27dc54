"""What stood in a record before each of its corrections: drafts made again from the notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from kb.domain.drafts import CorrectionDraft

_OWN = {"corrected", "sightings"}  # parts with notes of their own, and the notes


class Correctable(Protocol):
    """A part of a record that may carry notes."""

    @property
    def corrected(self) -> Sequence[CorrectionDraft]: ...


AnyPart = TypeVar("AnyPart", bound=BaseModel)


@dataclass(frozen=True)
class State(Generic[AnyPart]):
    """A part as it stood until a note, the note, and the part that took its place then."""

    note: CorrectionDraft
    before: AnyPart
    after: AnyPart
    place: int


def list_states(part: AnyPart) -> Iterator[State[AnyPart]]:
    """Yield what stood before each note, the latest first; raise ValueError where that cannot be.

    Each note says how the part differed from what came next.
    """
    notes: Sequence[CorrectionDraft] = part.corrected  # type: ignore[attr-defined]
    places = sorted(range(len(notes)), key=lambda place: (-notes[place].on.toordinal(), place))
    after = part
    for place in places:
        before = restore(after, notes[place].was)
        yield State(notes[place], before, after, place)
        after = before


def restore(part: AnyPart, was: dict[str, Any]) -> AnyPart:
    """Return the part as it stood when the fields of `was` were so; None stands for not given."""
    known = set(type(part).model_fields) - _OWN
    if unknown := sorted(set(was) - known):
        raise ValueError(f"`was` names {unknown[0]!r}; it may name {', '.join(sorted(known))}")
    _check_figure(part, was)
    given = part.model_dump(exclude_unset=True, exclude={"corrected"}) | was
    made: AnyPart = type(part).model_validate({k: v for k, v in given.items() if v is not None})
    return made


def _check_figure(part: BaseModel, was: dict[str, Any]) -> None:
    """A figure beside its words belongs to them: neither changes without the other."""
    if "claimed" in was and "value" not in was and getattr(part, "value", None) is not None:
        raise ValueError(
            "`value` stands beside `claimed` here; say in `was` what it was too "
            "(`value: null` if it was not given)"
        )
