"""Snapshot: bytes as fetched → archive, source and snapshot rows; unchanged bytes add nothing.

Steps, so that a crawl can store many documents at a time while it goes on: plan (reads the
database), begin (writes files), settle (waits for the disk: files only, may run in a thread),
insert (rows, one transaction). The files come first, so that a row never names bytes that are not
there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlmodel import Session

from kb.domain.drafts import SourceDraft
from kb.store.archive import (
    Brought,
    Fetched,
    Origin,
    begin_snapshot,
    make_archive_name,
    make_origin,
)
from kb.store.files import Part, settle_file
from kb.store.insert import insert_once
from kb.store.rows import make_source
from kb.store.snapshots import Link, find_newest, make_snapshot, read_links
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
    snapshot: Snapshot | Link
    is_new: bool
    arrival: Arrival | None = None
    origin: Origin | None = None


@dataclass(frozen=True)
class Begun:
    """A new snapshot whose file is written, or was there already (then it has no part)."""

    stored: Stored
    part: Part | None = None


def snapshot_document(
    session: Session, archive: Path, draft: SourceDraft, fetched: Fetched, by: Brought
) -> Stored:
    """Store one document in the archive, then its rows, and commit."""
    planned = plan_snapshots(session, [Arrival(draft, fetched, by)])
    insert_snapshots(session, settle_snapshots(begin_snapshots(archive, planned)))
    return planned[0]


def plan_snapshots(session: Session, arrivals: Sequence[Arrival]) -> list[Stored]:
    """Return what each document will be: a new snapshot, or the one that is in force."""
    sources = [make_source(each.source) for each in arrivals]
    known = read_links(session, (each.id for each in sources))
    newest: dict[str, Snapshot | Link | None] = {
        source_id: find_newest(links) for source_id, links in known.items()
    }
    planned = []
    for source, arrival in zip(sources, arrivals, strict=True):
        stored = _plan(source, arrival, newest[source.id])
        newest[source.id] = stored.snapshot
        planned.append(stored)
    return planned


def _plan(source: Source, arrival: Arrival, latest: Snapshot | Link | None) -> Stored:
    if latest is not None and latest.sha256 == arrival.fetched.sha256:
        return Stored(source, latest, False)
    previous_id = None if latest is None else latest.id
    snapshot = make_snapshot(source, arrival.fetched, arrival.by, previous_id)
    origin = make_origin(arrival.source, arrival.fetched, arrival.by, previous_id)
    return Stored(source, snapshot, True, arrival, origin)


def begin_snapshots(archive: Path, planned: Sequence[Stored]) -> list[Begun]:
    """Write the files of new snapshots, without their names."""
    return [_begin(archive, each) for each in planned if each.arrival is not None]


def _begin(archive: Path, planned: Stored) -> Begun:
    assert planned.arrival is not None
    name = make_archive_name(planned.snapshot.id)
    begun = begin_snapshot(archive, name, planned.arrival.fetched, planned.origin)
    if isinstance(begun, Part):
        return Begun(planned, begun)
    by, previous_id = planned.arrival.by, planned.snapshot.previous_id
    return Begun(replace(planned, snapshot=make_snapshot(planned.source, begun, by, previous_id)))


def settle_snapshots(begun: Sequence[Begun]) -> list[Stored]:
    """Give the files their names once they are on the disk."""
    for each in begun:
        if each.part is not None:
            settle_file(each.part)
    return [each.stored for each in begun]


def insert_snapshots(session: Session, written: Sequence[Stored]) -> None:
    """Insert the rows of new snapshots and commit."""
    insert_once(session, (each.source for each in written))
    insert_once(session, (each.snapshot for each in written if isinstance(each.snapshot, Snapshot)))
    session.commit()
