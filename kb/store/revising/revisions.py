"""Versions of record files: which is in force, and how a new one takes its place."""

import hashlib
from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from kb.domain.errors import UserError
from kb.domain.ids import make_content_id
from kb.records.files import RecordFile
from kb.store.asserting import insert_assertions, read_asserted
from kb.store.in_force import is_in_force, is_superseded, read_revisions_in_force
from kb.store.insert import insert_once, make_row
from kb.tables import Assertion, Claim, Measurement, Reading, Release, Revision, Sighting
from kb.tables.base import Table, now_utc

_NOTHING = ""  # the text of a record that was taken back


class Revisions:
    """The versions in force; `at_hand` are the names of the files that are being loaded."""

    def __init__(self, session: Session, at_hand: Collection[str]) -> None:
        self.session = session
        self.current = read_revisions_in_force(session)
        self._elsewhere = [row for name, row in sorted(self.current.items()) if name not in at_hand]

    def find_before(self, record: str, model_id: str) -> Revision | None:
        """Return the version that one of this file takes the place of.

        A file that is not at hand and is about the same model is the same record, renamed.
        """
        if record in self.current:
            return self.current[record]
        query = select(Assertion.by_id).where(Assertion.row_id == model_id)
        by_ids = set(self.session.exec(query))
        return next((row for row in self._elsewhere if row.id in by_ids), None)

    def list_elsewhere(self) -> list[str]:
        """Return the names of the files on record that are not at hand and still say something."""
        return [row.record for row in self._elsewhere if row.content != _NOTHING]

    def list_told_elsewhere(self, row_ids: Collection[str]) -> list[str]:
        """Return which of these rows a record that is not at hand asserts."""
        by_ids = [row.id for row in self._elsewhere]
        query = select(Assertion.row_id).where(
            col(Assertion.by_id).in_(by_ids), col(Assertion.row_id).in_(sorted(row_ids))
        )
        return sorted(set(self.session.exec(query)))

    def retire(self, record: str) -> set[str]:
        """Supersede what a file that is gone said by nothing; return the ids that this drops.

        Raises UserError when no such file is on record, or it is at hand.
        """
        before = next((row for row in self._elsewhere if row.record == record), None)
        if before is None:
            known = ", ".join(self.list_elsewhere()) or "none"
            raise UserError(f"{record!r} is no record file to take back; there are {known}")
        if before.content != _NOTHING:
            self._insert(record, _NOTHING, set(), before)
        return read_asserted(self.session, before.id)

    def is_same(self, before: Revision, record: RecordFile, rows: Iterable[Table]) -> bool:
        """Whether a version has the text of this file, and asserts just these rows."""
        if (before.record, before.sha256) != (record.file_name, _hash(record.text)):
            return False
        return read_asserted(self.session, before.id) == _list_ids(rows)

    def revise(
        self, record: RecordFile, rows: Iterable[Table], before: Revision | None
    ) -> set[str]:
        """Insert a version, unless the one before says the same; return the ids that it drops."""
        if before is not None and self.is_same(before, record, rows):
            return set()
        row_ids = _list_ids(rows)
        self._insert(record.file_name, record.text, row_ids, before)
        return (read_asserted(self.session, before.id) if before else set()) - row_ids

    def _insert(self, record: str, text: str, row_ids: set[str], before: Revision | None) -> None:
        before_id = before.id if before else None
        row = make_row(
            Revision,
            id=make_content_id("rev", record, _hash(text), sorted(row_ids), before_id),
            record=record,
            sha256=_hash(text),
            supersedes_id=before_id,
            content=text,
            loaded_at=now_utc(),
        )
        insert_once(self.session, [row])
        insert_assertions(self.session, row.id, row_ids)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _list_ids(rows: Iterable[Table]) -> set[str]:
    return {row.id for row in rows}  # type: ignore[attr-defined]


def expire_readings(session: Session, row_ids: Iterable[str]) -> int:
    """Have the readings that found these rows taken again: nothing else says now what they say."""
    ids = sorted(row_ids)
    readings = select(Assertion.by_id).where(col(Assertion.row_id).in_(ids))
    found = session.exec(
        select(Reading).where(col(Reading.id).in_(readings), ~is_superseded(Reading.id))
    ).all()
    for reading in found:
        reading.inputs = None
    return len(found)


def count_out_of_force(session: Session, row_ids: Collection[str]) -> int:
    """Return how many of these claims, sightings, releases and results are out of force."""
    found = 0
    for table in (Claim, Sighting, Release, Measurement):
        query = select(table.id).where(col(table.id).in_(sorted(row_ids)), ~is_in_force(table))
        found += len(session.exec(query).all())
    return found
