"""Rows of snapshots, and which one of a source is in force."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, Protocol, TypeVar

from sqlmodel import Session, col, select

from kb.domain.ids import make_content_id
from kb.store.archive import Brought, Fetched, make_archive_name
from kb.store.insert import make_row
from kb.tables import Snapshot, Source

_BATCH = 500


class Dated(Protocol):
    """What tells which snapshot of a source is in force."""

    @property
    def id(self) -> str: ...
    @property
    def previous_id(self) -> str | None: ...
    @property
    def fetched_at(self) -> datetime: ...


class Link(NamedTuple):
    """A snapshot as a link of its source's chain, without the rest of its row."""

    id: str
    source_id: str
    previous_id: str | None
    sha256: str
    fetched_at: datetime


AnyDated = TypeVar("AnyDated", bound=Dated)


def make_snapshot_id(source_id: str, sha256: str, previous_id: str | None) -> str:
    """Return the id of a snapshot: the same bytes after the same ones are the same snapshot."""
    return make_content_id("snp", source_id, sha256, previous_id)


def make_snapshot(
    source: Source, fetched: Fetched, by: Brought, previous_id: str | None
) -> Snapshot:
    """Return the row of a snapshot."""
    snapshot_id = make_snapshot_id(source.id, fetched.sha256, previous_id)
    return make_row(
        Snapshot,
        id=snapshot_id,
        source_id=source.id,
        previous_id=previous_id,
        sha256=fetched.sha256,
        size_bytes=len(fetched.body),
        media_type=fetched.media_type,
        http_status=fetched.http_status,
        headers=fetched.headers,
        served_from=fetched.served_from,
        archive_name=make_archive_name(snapshot_id),
        fetched_at=fetched.fetched_at,
        crawler=by.crawler,
        vendor=by.vendor,
        about=by.about,
    )


def read_links(session: Session, source_ids: Iterable[str]) -> dict[str, list[Link]]:
    """Return the links of each source's chain, in no order."""
    ids = sorted(set(source_ids))
    found: dict[str, list[Link]] = {each: [] for each in ids}
    columns = [col(getattr(Snapshot, name)) for name in Link._fields]
    for start in range(0, len(ids), _BATCH):
        wanted = col(Snapshot.source_id).in_(ids[start : start + _BATCH])
        for row in session.connection().execute(select(*columns).where(wanted)):
            found[row.source_id].append(Link(*row))
    return found


def find_newest(snapshots: Iterable[AnyDated], until: datetime | None = None) -> AnyDated | None:
    """Return the newest snapshot of a source (fetched at `until` at the latest).

    Of those of one second it is the one that none follows.
    """
    rows = [row for row in snapshots if until is None or row.fetched_at <= until]
    followed = {row.previous_id for row in rows}
    return max(rows, key=lambda row: (row.fetched_at, row.id not in followed, row.id), default=None)


def read_newest(session: Session, source_id: str) -> Snapshot | None:
    """Return the newest snapshot of one source, if it has any."""
    newest = find_newest(read_links(session, [source_id])[source_id])
    return None if newest is None else session.get(Snapshot, newest.id)


def read_snapshot_sources(session: Session) -> set[str]:
    """Return the ids of all sources that have a snapshot."""
    return set(session.exec(select(Snapshot.source_id).distinct()))
