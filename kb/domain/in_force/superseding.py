"""What is in force: rows that no later row supersedes, and the sightings that such readings hold.

Rows are never rewritten: a new verdict or reading names the one it supersedes. The rule stands
here in both languages that apply it, Python for rows in memory and SQL for the published file; a
test holds them to the same answer.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar


class Superseding(Protocol):
    """A row that may take the place of an earlier one."""

    id: str
    supersedes_id: str | None


class ReadingRow(Superseding, Protocol):
    """Which extractor read a snapshot."""

    snapshot_id: str
    extractor: str


class SightingRow(Protocol):
    """Which extractor saw a claim, and in which snapshot; a person's sighting has none."""

    snapshot_id: str | None
    extractor: str


AnySuperseding = TypeVar("AnySuperseding", bound=Superseding)
AnyReading = TypeVar("AnyReading", bound=ReadingRow)
AnySighting = TypeVar("AnySighting", bound=SightingRow)

CURRENT_VERDICTS = """
        select v.* from verdict v
        where not exists (select 1 from verdict w where w.supersedes_id = v.id)
        """
CURRENT_SIGHTINGS = """
        select s.* from sighting s
        where s.snapshot_id is null or s.extractor in (
            select r.extractor from reading r where r.snapshot_id = s.snapshot_id
                and not exists (select 1 from reading w where w.supersedes_id = r.id)
        ) or not exists (select 1 from reading r where r.snapshot_id = s.snapshot_id)
        """


def drop_superseded(rows: Iterable[AnySuperseding]) -> list[AnySuperseding]:
    """Return the rows that no other of them supersedes."""
    known = list(rows)
    superseded = {row.supersedes_id for row in known}
    return [row for row in known if row.id not in superseded]


def find_current_readings(readings: Iterable[AnyReading]) -> dict[str, AnyReading]:
    """Return the reading in force of each snapshot."""
    return {reading.snapshot_id: reading for reading in drop_superseded(readings)}


def list_current_sightings(
    sightings: Iterable[AnySighting], readings: Iterable[ReadingRow]
) -> Iterator[AnySighting]:
    """Yield people's sightings, those in snapshots not read yet, and those of readings in force."""
    current = find_current_readings(readings)
    for sighting in sightings:
        reading = current.get(sighting.snapshot_id or "")
        if reading is None or sighting.extractor == reading.extractor:
            yield sighting
