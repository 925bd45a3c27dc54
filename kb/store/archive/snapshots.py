"""Rows of snapshots, and which one of a source is in force."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from kb.domain.ids import make_content_id
from kb.store.archive.origins import Brought, Fetched
from kb.store.archive.warc_files import make_archive_name
from kb.store.insert import make_row
from kb.tables import Snapshot, Source
from kb.tables.base import JsonObject

_BATCH = 500


class Dated(Protocol):
    """What tells which snapshot of a source is in force."""

    @property
    def id(self) -> str: ...
    @property
    def previous_id(self) -> str | None: ...
    @property
    def fetched_at(self) -> datetime: ...


class ChainLink(NamedTuple):
    """A snapshot as a link of its source's chain, without the rest of its row."""

    id: str
    source_id: str
    previous_id: str | None
    sha256: str
    fetched_at: datetime


class Archived(NamedTuple):
    """A snapshot as a link, and what is needed to ask for it again and to answer from it."""

    id: str
    previous_id: str | None
    fetched_at: datetime
    archive_name: str
    http_status: int | None
    headers: JsonObject
    served_from: str | None


def _make_columns(row: type[NamedTuple]) -> list[Any]:
    return [col(getattr(Snapshot, name)) for name in row._fields]


# Made once: they are asked for every page.
_LINKS = select(*_make_columns(ChainLink)).where(
    col(Snapshot.source_id).in_(bindparam("ids", expanding=True))
)
_ARCHIVED = select(*_make_columns(Archived)).where(
    col(Snapshot.source_id) == bindparam("source_id")
)
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


def read_links(session: Session, source_ids: Iterable[str]) -> dict[str, list[ChainLink]]:
    """Return the links of each source's chain, in no order."""
    ids = sorted(set(source_ids))
    found: dict[str, list[ChainLink]] = {source_id: [] for source_id in ids}
    for start in range(0, len(ids), _BATCH):
        wanted = {"ids": ids[start : start + _BATCH]}
        for row in session.connection().execute(_LINKS, wanted):
            found[row.source_id].append(ChainLink(*row))
    return found


def find_newest(snapshots: Iterable[AnyDated], until: datetime | None = None) -> AnyDated | None:
    """Return the newest snapshot of a source (fetched at `until` at the latest).

    Of those of one second it is the one that none follows.
    """
    rows = [row for row in snapshots if until is None or row.fetched_at <= until]
    followed = {row.previous_id for row in rows}
    return max(rows, key=lambda row: (row.fetched_at, row.id not in followed, row.id), default=None)


def read_newest(session: Session, source_id: str) -> Archived | None:
    """Return the newest snapshot of one source, if it has any."""
    rows = session.connection().execute(_ARCHIVED, {"source_id": source_id})
    return find_newest([Archived(*row) for row in rows])


def read_snapshot_sources(session: Session) -> set[str]:
    """Return the ids of all sources that have a snapshot."""
    return set(session.exec(select(Snapshot.source_id).distinct()))
