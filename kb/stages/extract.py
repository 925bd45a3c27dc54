"""Extract: snapshots in the archive → models, releases, claims, sightings, results, an account.

It reads what no extractor of that version has read yet, in an order that does not depend on
when or how often a crawl was stopped, and writes each snapshot's rows in one transaction.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session, col, select

from kb.domain.drafts import Availability, ClaimDraft, SightingDraft, SourceKind
from kb.domain.encoding import Encoder
from kb.domain.found import (
    Extraction,
    Extractor,
    Found,
    FoundClaim,
    FoundRelease,
    FoundResult,
    ReadDocument,
)
from kb.domain.histories import count_ages
from kb.domain.ids import make_content_id
from kb.domain.outcomes import Basis
from kb.linking.model_index import ModelIndex
from kb.store.archive.warc_files import read_snapshot
from kb.store.claims.histories import read_reading_in_force
from kb.store.insert import insert_once, make_row
from kb.store.rows import make_claim
from kb.tables import Measurement, Model, Reading, Release, Sighting, Snapshot, Source
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
    releases = [_make_release(index, release, source) for release in extraction.releases]
    report.new_rows += insert_once(session, releases)
    found: list[Table] = []
    failed = list(extraction.failed)
    kept = 0
    for draft in (*extraction.claims, *extraction.results):
        try:
            found += _make_found(index, draft, source, snapshot, extractor)
            kept += 1
        except (ValidationError, ValueError) as error:
            failed.append((draft.quote, _first_line(error)))
    report.new_rows += insert_once(session, found)
    before = read_reading_in_force(session, snapshot.id)
    reading = _make_reading(snapshot, extractor, kept, extraction.excluded, failed, before)
    insert_once(session, [reading])
    session.commit()
    report.documents += 1
    report.releases += len(extraction.releases)
    report.kept += kept
    report.excluded += len(extraction.excluded)
    report.failed += len(failed)


def _first_line(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return str(error.errors()[0]["msg"])[:300]
    return str(error)[:300]


def _make_reading(
    snapshot: Snapshot,
    extractor: str,
    kept: int,
    excluded: list[tuple[str, str]],
    failed: list[tuple[str, str]],
    before: Reading | None,
) -> Reading:
    counts = Counter(reason for _, reason in (*excluded, *failed))
    first = {reason: text for text, reason in reversed((*excluded, *failed))}
    return make_row(
        Reading,
        id=make_content_id("rdg", snapshot.id, extractor),
        snapshot_id=snapshot.id,
        extractor=extractor,
        supersedes_id=before.id if before else None,
        kept=kept,
        excluded=len(excluded),
        failed=len(failed),
        reasons={
            reason: {"count": count, "first": first[reason][:160]}
            for reason, count in sorted(counts.items())
        },
    )


def _make_release(index: ModelIndex, found: FoundRelease, source: Source) -> Release:
    model = index.resolve(
        found.model_name,
        found.vendor,
        availability=Availability.RELEASED,
        availability_source_id=source.id,
    )
    return make_row(
        Release,
        id=make_content_id(
            "rel", model.id, found.repository, found.revision, found.manifest_sha256
        ),
        model_id=model.id,
        source_id=source.id,
        **found.model_dump(exclude={"model_name", "vendor"}),
    )


def _find_subject(index: ModelIndex, found: Found, snapshot: Snapshot) -> tuple[str, Model]:
    """Return the name and the model that `found` is about.

    The document's own model has the vendor that its address tells; of another name the vendor
    is taken from there only if the document speaks of its own models.
    """
    name = found.subject or snapshot.about
    if name is None:
        raise ValueError("the document does not tell which model it is about")
    if found.subject is None:
        return name, index.resolve(name, found.vendor or snapshot.vendor)
    is_own = getattr(found, "about", "own") == "own"
    implied = snapshot.vendor if is_own else None
    return name, index.resolve(name, found.vendor, implied_vendor=implied)


def _make_found(
    index: ModelIndex, found: Found, source: Source, snapshot: Snapshot, extractor: str
) -> list[Table]:
    name, model = _find_subject(index, found, snapshot)
    if isinstance(found, FoundResult):
        return [_make_result(found, model, source)]
    assert isinstance(found, FoundClaim)
    return _make_claim_rows(found, name, model, source, snapshot, extractor)


def _make_claim_rows(
    found: FoundClaim,
    name: str,
    model: Model,
    source: Source,
    snapshot: Snapshot,
    extractor: str,
) -> list[Table]:
    draft = ClaimDraft(
        type=found.claim_type,
        claimed=found.claimed_text,
        metric=found.metric,
        value=found.claimed_value,
        value_high=found.claimed_high,
        unit=found.unit,
        operator=found.operator,
        said_by=found.said_by or model.vendor,
        subject_text=name,
        conditions=found.conditions,
        sightings=[SightingDraft(source="snapshot", locator=found.locator)],
    )
    claim = make_claim(draft, model.name, model.id)
    sighting = make_row(
        Sighting,
        id=make_content_id("sgt", claim.id, snapshot.id, found.start, found.end, extractor),
        claim_id=claim.id,
        source_id=source.id,
        snapshot_id=snapshot.id,
        quote=found.quote,
        locator=found.locator,
        quote_start=found.start,
        quote_end=found.end,
        said_by=source.publisher,
        said_on=found.said_on or (source.published_on.isoformat() if source.published_on else None),
        extractor=extractor,
    )
    return [claim, sighting]


def _make_result(found: FoundResult, model: Model, source: Source) -> Measurement:
    values: dict[str, Any] = found.model_dump(
        mode="json",
        exclude={"quote", "start", "end", "subject", "vendor", "conditions"},
    )
    if found.basis is Basis.READ_FROM_RELEASE and found.value is not None:
        values |= {"low": found.value, "high": found.value}  # read, not sampled
    conditions = found.conditions.as_stored()
    return make_row(
        Measurement,
        id=make_content_id("mea", model.id, source.id, values, conditions),
        model_id=model.id,
        source_id=source.id,
        conditions=conditions,
        reported_by=source.publisher if found.basis is Basis.REPORTED_BY_OTHERS else None,
        **values,
    )
