"""Extract: what an extractor found in a snapshot → model, release, claims, sightings."""

from sqlmodel import Session

from kb.domain.drafts import Availability, ClaimDraft, SightingDraft
from kb.domain.found import Extraction, FoundClaim, FoundRelease
from kb.domain.ids import make_content_id
from kb.domain.names import make_model_id
from kb.store.insert import insert_once, make_row
from kb.store.reads import find_model
from kb.store.rows import make_claim
from kb.tables import Model, Release, Sighting, Snapshot, Source
from kb.tables.base import Table


def insert_release(session: Session, found: FoundRelease, source: Source) -> Release:
    """Insert the release, and its model if no record names it yet; commit."""
    rows: list[Table] = []
    model = find_model(session, found.vendor, found.model_name)
    if model is None:
        model = make_row(
            Model,
            id=make_model_id(found.vendor, found.model_name),
            name=found.model_name,
            vendor=found.vendor,
            availability=Availability.RELEASED,
            availability_source_id=source.id,
        )
        rows.append(model)
    release = make_row(
        Release,
        id=make_content_id(
            "rel", model.id, found.repository, found.revision, found.manifest_sha256
        ),
        model_id=model.id,
        source_id=source.id,
        **found.model_dump(exclude={"model_name", "vendor"}),
    )
    insert_once(session, [*rows, release])
    session.commit()
    return release


def insert_extraction(
    session: Session,
    extraction: Extraction,
    model: Model,
    source: Source,
    snapshot: Snapshot,
    extractor: str,
) -> int:
    """Insert the claims found and where they stand; return how many rows are new; commit."""
    rows: list[Table] = []
    for found in extraction.claims:
        claim = make_claim(_as_draft(found, model.vendor), model.name, model.id)
        rows += [
            claim,
            make_row(
                Sighting,
                id=make_content_id("sgt", claim.id, snapshot.id, found.start, found.end),
                claim_id=claim.id,
                source_id=source.id,
                snapshot_id=snapshot.id,
                quote=found.quote,
                locator=found.locator,
                quote_start=found.start,
                quote_end=found.end,
                said_by=source.publisher,
                extractor=extractor,
            ),
        ]
    added = insert_once(session, rows)
    session.commit()
    return added


def _as_draft(found: FoundClaim, vendor: str) -> ClaimDraft:
    return ClaimDraft(
        type=found.type,
        claimed=found.claimed,
        metric=found.metric,
        said_by=vendor,
        conditions=found.conditions,
        sightings=[SightingDraft(source="snapshot", locator=found.locator)],
    )
