"""What machines read, as a reviewer goes through it: each once, in the order of the document."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, select

from kb.domain.review.precision import ReadingKind
from kb.domain.review.statements import (
    Statement,
    find_table,
    make_claim_statement,
    make_reading_key,
    make_result_statement,
)
from kb.domain.review.states import Reviewed, ReviewState
from kb.store.in_force import is_in_force
from kb.store.review.reads import read_standing
from kb.store.review.standing import MENDED_BY, Standing
from kb.store.review.surroundings import Surroundings, read_surroundings
from kb.tables import (
    Claim,
    Measurement,
    Model,
    ReviewDecision,
    Sighting,
    Snapshot,
    Source,
)


@dataclass(frozen=True)
class MachineReading:
    """One reading with all that a person needs to decide on it.

    `row` is the sighting or result that it made, `claim` the claim, if it made one.
    """

    key: str
    said: Statement
    review: Reviewed[ReviewDecision]
    row: Any
    claim: Claim | None
    model: Model
    source: Source
    snapshot: Snapshot

    @property
    def reading_kind(self) -> ReadingKind:
        """What its precision is counted by."""
        return ReadingKind(self.row.extractor, self.said.kind, self.source.kind)

    @property
    def claimed(self) -> str:
        """What was read, in a few words."""
        if self.claim is not None:
            return self.claim.claimed_text
        value = self.row.value
        return self.row.text or f"{value:g} {self.row.unit or ''}".strip()

    @property
    def table(self) -> tuple[str, str] | None:
        """The table in which it stands; None where it stands in none."""
        found = find_table(self.row.locator)
        return None if found is None else (self.snapshot.id, found)

    @property
    def place(self) -> tuple[str, datetime, int, str]:
        """Its place in the queue: by document, then from top to bottom."""
        return self.source.url, self.snapshot.fetched_at, self.row.quote_start or 0, self.key

    def find_surroundings(self, archive: Path) -> Surroundings:
        """Return its words as they stand in the archived document."""
        served = self.snapshot.headers.get("content-type")
        place = self.row.quote or "", self.row.quote_start or 0, self.row.quote_end or 0
        return read_surroundings(archive, self.snapshot.archive_name, served, *place)


@dataclass(frozen=True)
class ReadingFilter:
    """Which readings are wanted; each word is a part of what it is held against."""

    source: str | None = None
    type: str | None = None
    model: str | None = None
    vendor: str | None = None
    extractor: str | None = None
    state: ReviewState | None = ReviewState.UNREVIEWED

    def keeps(self, reading: MachineReading) -> bool:
        """Whether a reading is wanted."""
        source = reading.source
        told = (
            (self.source, f"{source.url} {source.publisher} {source.kind} {source.title or ''}"),
            (self.type, reading.said.kind),
            (self.model, f"{reading.model.id} {reading.model.name}"),
            (self.vendor, reading.model.vendor),
            (self.extractor, reading.row.extractor),
        )
        fits = all(word is None or word.lower() in text.lower() for word, text in told)
        return fits and self.state in (None, reading.review.state)


def read_readings(
    session: Session, wanted: ReadingFilter, standing: Standing | None = None
) -> list[MachineReading]:
    """Return what machines read in documents and a later reading has not taken back.

    A reading that several snapshots or places hold alike is given once, from the newest.
    """
    standing = standing or read_standing(session)
    found: dict[str, MachineReading] = {}
    for reading in sorted(_list_readings(session, standing), key=lambda reading: reading.place):
        found[reading.key] = reading
    return sorted(filter(wanted.keeps, found.values()), key=lambda reading: reading.place)


def find_key(session: Session, row_id: str) -> str | None:
    """Return the key of the reading that made this sighting or result; None if there is none."""
    sighting = session.get(Sighting, row_id)
    if sighting is not None and sighting.words_key is not None:
        said = make_claim_statement(session.get_one(Claim, sighting.claim_id))
        return make_reading_key(sighting.words_key, said)
    result = session.get(Measurement, row_id)
    if result is not None and result.words_key is not None:
        return make_reading_key(result.words_key, make_result_statement(result))
    return None


def _list_readings(session: Session, standing: Standing) -> Iterator[MachineReading]:
    parts = _Parts(session, standing)
    seen = col(Sighting.words_key).is_not(None), is_in_force(Sighting)
    yield from filter(
        None, map(parts.make_claim_reading, session.exec(select(Sighting).where(*seen)))
    )
    found = col(Measurement.words_key).is_not(None), is_in_force(Measurement)
    results = session.exec(select(Measurement).where(*found))
    yield from filter(None, map(parts.make_result_reading, results))


class _Parts:
    """All that readings are made of, by id."""

    def __init__(self, session: Session, standing: Standing) -> None:
        self.standing = standing
        self.claims = _by_id(session.exec(select(Claim)))
        self.models = _by_id(session.exec(select(Model)))
        self.sources = _by_id(session.exec(select(Source)))
        self.snapshots = _by_id(session.exec(select(Snapshot)))

    def make_claim_reading(self, row: Sighting) -> MachineReading | None:
        claim = self.claims[row.claim_id]
        return self._make(row, make_claim_statement(claim), claim)

    def make_result_reading(self, row: Measurement) -> MachineReading | None:
        return None if row.extractor == MENDED_BY else self._make(row, make_result_statement(row))

    def _make(self, row: Any, said: Statement, claim: Claim | None = None) -> MachineReading | None:
        review = self.standing.get_review(row.id)
        if review is None:
            return None
        return MachineReading(
            make_reading_key(row.words_key, said),
            said,
            review,
            row,
            claim,
            self.models[said.model_id],
            self.sources[row.source_id],
            self.snapshots[row.snapshot_id],
        )


def _by_id(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.id: row for row in rows}
