"""Extract: snapshots in the archive → models, releases, claims, sightings, results, an account.

It reads what no extractor of that version has read yet, in an order that does not depend on
when or how often a crawl was stopped, and writes each snapshot's rows in one transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import ValidationError
from sqlmodel import Session, col, select

from kb.domain.drafts import SourceKind
from kb.domain.encoding import Encoder
from kb.domain.found import (
    Extraction,
    Extractor,
    ReadDocument,
)
from kb.domain.in_force.histories import count_ages
from kb.linking.found_rows import make_found_rows, make_reading, make_release, read_message
from kb.linking.model_index import ModelIndex
from kb.store.archive.warc_files import read_snapshot
from kb.store.claims.histories import read_reading_in_force
from kb.store.insert import insert_once
from kb.tables import Reading, Snapshot, Source
from kb.tables.base import Table


@dataclass
class ExtractReport:
    """What reading brought: documents read, what was kept of them, failures by address."""

    documents: int = 0
    releases: int = 0
    kept: int = 0
    excluded: int = 0
    failed: int = 0
    new_rows: int = 0
    unread: dict[str, str] = field(default_factory=dict)


def extract_snapshots(
    session: Session,
    archive: Path,
    extractors: Mapping[str, Extractor],
    on_document: Callable[[str], None] = lambda url: None,
    encoder: Encoder | None = None,
) -> ExtractReport:
    """Read every snapshot that its crawler's extractor has not read; commit after each.

    `encoder` decides by meaning what the rules of a reader leave open.
    """
    report = ExtractReport()
    index = ModelIndex(session)
    for snapshot_id in _find_unread(session, extractors):
        snapshot = session.get_one(Snapshot, snapshot_id)
        source = session.get_one(Source, snapshot.source_id)
        extractor = extractors[snapshot.crawler or ""]
        try:
            document = open_document(archive, source, snapshot, encoder)
            extraction = extractor.read(document)
        except (OSError, ValueError) as error:
            report.unread[source.url] = str(error)
            extraction = Extraction(failed=[(source.url[:500], str(error)[:500])])
        _insert(session, index, extraction, source, snapshot, extractor.name, report)
        on_document(source.url)
    return report


def count_unread(session: Session, extractors: Mapping[str, Extractor]) -> int:
    """Return how many snapshots wait to be read."""
    return len(_find_unread(session, extractors))


def _find_unread(session: Session, extractors: Mapping[str, Extractor]) -> list[str]:
    """Ids of unread snapshots: by crawler and address, older ones of an address first."""
    read = set(session.exec(select(Reading.snapshot_id, Reading.extractor)).all())
    query = (
        select(Snapshot.id, Snapshot.previous_id, Snapshot.crawler, Source.url)
        .join(Source, col(Source.id) == col(Snapshot.source_id))
        .where(col(Snapshot.crawler).in_(list(extractors)))
        .order_by(col(Snapshot.crawler), col(Source.url))
    )
    rows = session.exec(query).all()
    age = count_ages({row[0]: row[1] for row in rows})
    ordered = sorted(rows, key=lambda row: (row[2] or "", row[3], age[row[0]]))
    return [row[0] for row in ordered if (row[0], extractors[row[2] or ""].name) not in read]


def open_document(
    archive: Path, source: Source, snapshot: Snapshot, encoder: Encoder | None
) -> ReadDocument:
    """Return an archived document with what is known of it; raise OSError or ValueError."""
    return ReadDocument(
        url=source.url,
        body=read_snapshot(archive, snapshot.archive_name),
        kind=SourceKind(source.kind),
        publisher=source.publisher,
        media_type=snapshot.media_type,
        vendor=snapshot.vendor,
        about=snapshot.about,
        title=source.title,
        published_on=source.published_on,
        headers=snapshot.headers,
        encoder=encoder,
    )


def _insert(
    session: Session,
    index: ModelIndex,
    extraction: Extraction,
    source: Source,
    snapshot: Snapshot,
    extractor: str,
    report: ExtractReport,
) -> None:
    releases = [make_release(index, release, source) for release in extraction.releases]
    report.new_rows += insert_once(session, releases)
    found: list[Table] = []
    failed = list(extraction.failed)
    kept = 0
    for draft in (*extraction.claims, *extraction.results):
        try:
            found += make_found_rows(index, draft, source, snapshot, extractor)
            kept += 1
        except (ValidationError, ValueError) as error:
            failed.append((draft.quote, read_message(error)))
    report.new_rows += insert_once(session, found)
    before = read_reading_in_force(session, snapshot.id)
    reading = make_reading(snapshot, extractor, kept, extraction.excluded, failed, before)
    insert_once(session, [reading])
    session.commit()
    report.documents += 1
    report.releases += len(extraction.releases)
    report.kept += kept
    report.excluded += len(extraction.excluded)
    report.failed += len(failed)
