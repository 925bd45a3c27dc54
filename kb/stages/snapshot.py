"""Snapshot: bytes as fetched → archive, source and snapshot rows; unchanged bytes add nothing."""

from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from kb.domain.drafts import SourceDraft
from kb.domain.ids import make_content_id
from kb.store.archive import Fetched, make_archive_name, store_snapshot
from kb.store.insert import insert_once, make_row
from kb.store.rows import make_source
from kb.tables import Snapshot, Source


@dataclass(frozen=True)
class Stored:
    """A snapshot in force for a source, and whether it is new."""

    source: Source
    snapshot: Snapshot
    is_new: bool


@dataclass(frozen=True)
class Brought:
    """Which crawler brought a document, and whose model its address says it is about."""

    crawler: str
    vendor: str | None = None
    about: str | None = None


def snapshot_document(
    session: Session, archive: Path, draft: SourceDraft, fetched: Fetched, by: Brought
) -> Stored:
    """Store `fetched` in the archive, then its rows, and commit.

    The file comes first, so that a row never names bytes that are not there.
    """
    source = make_source(draft)
    latest = read_latest_snapshot(session, source.id)
    if latest is not None and latest.sha256 == fetched.sha256:
        return Stored(source, latest, False)
    previous_id = None if latest is None else latest.id
    snapshot_id = make_content_id("snp", source.id, fetched.sha256, previous_id)
    name = make_archive_name(snapshot_id)
    store_snapshot(archive, name, fetched)
    snapshot = make_row(
        Snapshot,
        id=snapshot_id,
        source_id=source.id,
        previous_id=previous_id,
        sha256=fetched.sha256,
        size_bytes=len(fetched.body),
        media_type=fetched.media_type,
        http_status=fetched.http_status,
        headers=fetched.headers,
        archive_name=name,
        fetched_at=fetched.fetched_at,
        crawler=by.crawler,
        vendor=by.vendor,
        about=by.about,
    )
    insert_once(session, [source, snapshot])
    session.commit()
    return Stored(source, snapshot, True)


def read_latest_snapshot(session: Session, source_id: str) -> Snapshot | None:
    """Return the newest snapshot of a source: the one that none follows."""
    rows = session.exec(select(Snapshot).where(col(Snapshot.source_id) == source_id)).all()
    followed = {row.previous_id for row in rows}
    return next((row for row in rows if row.id not in followed), None)
