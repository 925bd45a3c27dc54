"""Extract: snapshots in the archive → models, releases, claims, sightings, results, an account.

It reads what no extractor of that version has read yet, or was told other names or another
description of the source then, in an order that does not depend on when or how often a crawl was
stopped. It writes each snapshot's rows in one transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy
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
from kb.domain.in_force.superseding import find_current_readings
from kb.linking.found_rows import make_found_rows, make_reading, make_release, read_message
from kb.linking.model_index import ModelIndex
from kb.linking.told import make_inputs, read_names_digest
from kb.store.archive.descriptions import restore_descriptions
from kb.store.archive.warc_files import read_snapshot
from kb.store.asserting import find_free, insert_assertions, put_rows, read_asserted
from kb.store.claims.histories import read_reading_in_force
from kb.store.insert import insert_once
from kb.tables import Reading, Snapshot, Source
from kb.tables.base import Table, get_columns
from kb.text.decoding import decode_bytes


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
    restore_descriptions(session, archive)
    unread = _find_unread(session, extractors)
    stale = {waiting.read_id for waiting in unread if waiting.read_id is not None}
    index = ModelIndex(session, stale=stale)
    for waiting in unread:
        snapshot = session.get_one(Snapshot, waiting.snapshot_id)
        source = session.get_one(Source, snapshot.source_id)
        extractor, text = extractors[snapshot.crawler or ""], ""
        try:
            document = open_document(archive, source, snapshot, encoder)
            text = decode_bytes(document.body, document.headers.get("content-type"))
            extraction = extractor.read(document)
        except (OSError, ValueError) as error:
            report.unread[source.url] = str(error)
            extraction = Extraction(failed=[(source.url[:500], str(error)[:500])])
        rows = _make_rows(index, extraction, source, snapshot, extractor.name, text)
        _store(session, index, rows, snapshot, (extractor.name, waiting.inputs), report)
        stale.discard(waiting.read_id or "")
        report.releases += len(extraction.releases)
        on_document(source.url)
    return report


def count_unread(session: Session, extractors: Mapping[str, Extractor]) -> int:
    """Return how many snapshots wait to be read."""
    return len(_find_unread(session, extractors))


_READINGS = sqlalchemy.select(
    *(column for column in get_columns(Reading) if column.name not in ("reasons", "kept"))
)


@dataclass(frozen=True)
class _Waiting:
    """A snapshot to read, what its reader is told, and the reading in force that it replaces."""

    snapshot_id: str
    inputs: str
    read_id: str | None


def _find_unread(session: Session, extractors: Mapping[str, Extractor]) -> list[_Waiting]:
    """Unread snapshots: by crawler and address, older ones of an address first."""
    current = find_current_readings(session.connection().execute(_READINGS))
    query = (
        select(Snapshot.id, Snapshot.previous_id, Snapshot.crawler, Source)
        .join(Source, col(Source.id) == col(Snapshot.source_id))
        .where(col(Snapshot.crawler).in_(list(extractors)))
        .order_by(col(Snapshot.crawler), col(Source.url))
    )
    rows = session.exec(query).all()
    age = count_ages({row[0]: row[1] for row in rows})
    names = read_names_digest(session)
    told = {source.id: make_inputs(names, source) for *_, source in rows}
    unread = []
    for snapshot_id, _, crawler, source in sorted(
        rows, key=lambda row: (row[2] or "", row[3].url, age[row[0]])
    ):
        reading, inputs = current.get(snapshot_id), told[source.id]
        wanted = (extractors[crawler or ""].name, inputs)
        if reading is None or (reading.extractor, reading.inputs) != wanted:
            unread.append(_Waiting(snapshot_id, inputs, reading.id if reading else None))
    return unread


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


@dataclass
class _Rows:
    """What was found in a snapshot, as rows, and the account of it."""

    rows: list[Table]
    kept: int
    excluded: list[tuple[str, str]]
    failed: list[tuple[str, str]]


def _make_rows(
    index: ModelIndex,
    extraction: Extraction,
    source: Source,
    snapshot: Snapshot,
    extractor: str,
    text: str,
) -> _Rows:
    index.resolved.clear()
    releases = [make_release(index, release, source) for release in extraction.releases]
    found = _Rows(list(releases), 0, extraction.excluded, list(extraction.failed))
    for draft in (*extraction.claims, *extraction.results):
        try:
            found.rows += make_found_rows(index, draft, source, snapshot, extractor, text)
            found.kept += 1
        except (ValidationError, ValueError) as error:
            found.failed.append((draft.quote, read_message(error)))
    return found


def _store(
    session: Session,
    index: ModelIndex,
    found: _Rows,
    snapshot: Snapshot,
    told: tuple[str, str],
    report: ExtractReport,
) -> None:
    """Store the rows with their reading and commit; `told` are its extractor and its inputs.

    A reading that finds again exactly what the one in force found does not replace it.
    """
    extractor, inputs = told
    report.new_rows += put_rows(
        session, found.rows, lambda ids: find_free(session, ids, index.stale)
    )
    asserted = index.resolved | {row.id for row in found.rows}  # type: ignore[attr-defined]
    before = read_reading_in_force(session, snapshot.id)
    account = (found.kept, found.excluded, found.failed)
    reading = make_reading(snapshot, extractor, *account, before, inputs)
    if before is not None and _is_same(session, before, reading, asserted):
        before.inputs = inputs
    else:
        insert_once(session, [reading])
        insert_assertions(session, reading.id, asserted)
    session.commit()
    report.documents += 1
    report.kept += found.kept
    report.excluded += len(found.excluded)
    report.failed += len(found.failed)


def _is_same(session: Session, before: Reading, now: Reading, asserted: set[str]) -> bool:
    own = {"id", "supersedes_id", "inputs"}
    is_same_account = before.model_dump(exclude=own) == now.model_dump(exclude=own)
    return is_same_account and read_asserted(session, before.id) == asserted
