"""Snapshot: bytes as fetched → archive, source and snapshot rows; unchanged bytes add nothing.

Steps, so that a crawl can store many documents at a time while it goes on: plan (reads the
database), begin (writes files), wait (for the disk, in a thread), finish (names the files, inserts
rows in one transaction). The files come first, so that a row never names bytes that are not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from kb.domain.drafts import SourceDraft
from kb.store.archive.origins import Brought, Fetched, Origin, make_origin
from kb.store.archive.snapshots import ChainLink, find_newest, make_snapshot, read_links
from kb.store.archive.warc_files import NamesThere, begin_records, make_archive_name, pack_snapshot
from kb.store.files import PendingFile, discard_files, name_files, wait_for_disk
from kb.store.insert import insert_once
from kb.store.rows import make_source
from kb.tables import Snapshot, Source

__all__ = ["Arrival", "Brought", "Stored", "snapshot_document"]


@dataclass(frozen=True)
class Arrival:
    """A document that came: its source, its bytes, who brought it."""

    source: SourceDraft
    fetched: Fetched
    by: Brought


@dataclass(frozen=True)
class Stored:
    """A snapshot in force for a source, and whether it is new."""

    source: Source
    snapshot: Snapshot | ChainLink
    is_new: bool
    arrival: Arrival | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class Begun:
    """New snapshots, and those of their files that were not there already."""

    stored: list[Stored]
    parts: list[PendingFile]

    def wait(self) -> None:
        """Return when the files are on the disk; on an error, they are gone."""
        try:
            wait_for_disk(self.parts)
        except BaseException:
            discard_files(self.parts)
            raise


def snapshot_document(
    session: Session, archive: Path, draft: SourceDraft, fetched: Fetched, by: Brought
) -> Stored:
    """Store one document in the archive, then its rows, and commit."""
    planned = plan_snapshots(session, [Arrival(draft, fetched, by)])
    begun = begin_snapshots(NamesThere(archive), planned)
    begun.wait()
    finish_snapshots(session, begun)
    return planned[0]


def plan_snapshots(session: Session, arrivals: Sequence[Arrival]) -> list[Stored]:
    """Return what each document will be: a new snapshot, or the one that is in force."""
    sources = [make_source(arrival.source) for arrival in arrivals]
    known = read_links(session, (source.id for source in sources))
    newest: dict[str, Snapshot | ChainLink | None] = {
        source_id: find_newest(links) for source_id, links in known.items()
    }
    planned = []
    for source, arrival in zip(sources, arrivals, strict=True):
        stored = _plan(source, arrival, newest[source.id])
        newest[source.id] = stored.snapshot
        planned.append(stored)
    return planned


def _plan(source: Source, arrival: Arrival, latest: Snapshot | ChainLink | None) -> Stored:
    if latest is not None and latest.sha256 == arrival.fetched.sha256:
        return Stored(source, latest, False)
    previous_id = None if latest is None else latest.id
    snapshot = make_snapshot(source, arrival.fetched, arrival.by, previous_id)
    origin = make_origin(arrival.source, arrival.fetched, arrival.by, previous_id)
    return Stored(source, snapshot, True, arrival, origin)


def begin_snapshots(there: NamesThere, planned: Sequence[Stored]) -> Begun:
    """Write the files of those that are new."""
    packed = [_pack(there, row) for row in planned if row.arrival is not None]
    records = {make_archive_name(new.snapshot.id): record for new, record in packed if record}
    return Begun([new for new, _ in packed], begin_records(there.archive, records.items()))


def _pack(there: NamesThere, planned: Stored) -> tuple[Stored, bytes | None]:
    """Return the record to write, or what the file that is there already tells."""
    assert planned.arrival is not None
    name = make_archive_name(planned.snapshot.id)
    packed = pack_snapshot(there, name, planned.arrival.fetched, planned.origin)
    if isinstance(packed, bytes):
        return planned, packed
    by, previous_id = planned.arrival.by, planned.snapshot.previous_id
    told = make_snapshot(planned.source, packed, by, previous_id)
    return replace(planned, snapshot=told), None


def finish_snapshots(session: Session, begun: Begun) -> None:
    """Give the files their names, insert the rows of the new snapshots and commit."""
    name_files(begun.parts)
    new = begun.stored
    insert_once(session, (row.source for row in new))
    insert_once(session, (row.snapshot for row in new if isinstance(row.snapshot, Snapshot)))
    session.commit()
