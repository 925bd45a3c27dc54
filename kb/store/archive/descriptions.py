"""Sources that no record describes any more: described again as they were when fetched."""

from pathlib import Path

from sqlmodel import Session, col, select

from kb.store.archive.warc_files import read_origin
from kb.store.asserting import put_rows
from kb.store.in_force import is_in_force
from kb.store.rows import make_source
from kb.tables import Snapshot, Source


def restore_descriptions(session: Session, archive: Path) -> None:
    """Give sources that only superseded records described what the archive tells; no commit."""
    first = (
        select(Snapshot, Source)
        .join(Source, col(Source.id) == col(Snapshot.source_id))
        .where(col(Snapshot.previous_id).is_(None), ~is_in_force(Source))
        .order_by(col(Snapshot.fetched_at).desc(), col(Snapshot.id))
    )
    for snapshot, source in session.exec(first).all():
        try:
            origin = read_origin(archive, snapshot.archive_name)
        except (OSError, ValueError):
            continue
        if origin is not None:
            read_on = snapshot.fetched_at.date()
            put_rows(session, [make_source(origin.as_source(source.url, read_on))])
