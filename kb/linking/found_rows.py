"""What was found in a document → rows: its releases, claims, sightings and results, the account."""

from collections import Counter
from typing import Any

from pydantic import ValidationError

from kb.domain.drafts import Availability, ClaimDraft, SightingDraft
from kb.domain.found import Found, FoundClaim, FoundRelease, FoundResult
from kb.domain.ids import make_content_id
from kb.domain.outcomes import Basis, EvidenceKind
from kb.domain.review.statements import make_words_key
from kb.linking.model_index import ModelIndex
from kb.models.speakers import is_same_organisation
from kb.store.insert import make_row
from kb.store.rows import list_speech, make_claim
from kb.tables import Measurement, Model, Reading, Release, Sighting, Snapshot, Source
from kb.tables.base import Table


def read_message(error: Exception) -> str:
    """Return why a draft or a row was refused, in one line."""
    if isinstance(error, ValidationError):
        return str(error.errors()[0]["msg"])[:300]
    return str(error)[:300]


def make_reading(
    snapshot: Snapshot,
    extractor: str,
    kept: int,
    excluded: list[tuple[str, str]],
    failed: list[tuple[str, str]],
    before: Reading | None,
    inputs: str,
) -> Reading:
    """Return the account of one reading: what was kept, and why the rest was not."""
    parts = (snapshot.id, extractor, *([before.id] if before else []))
    counts = Counter(reason for _, reason in (*excluded, *failed))
    first = {reason: text for text, reason in reversed((*excluded, *failed))}
    return make_row(
        Reading,
        id=make_content_id("rdg", *parts),
        snapshot_id=snapshot.id,
        extractor=extractor,
        supersedes_id=before.id if before else None,
        inputs=inputs,
        kept=kept,
        excluded=len(excluded),
        failed=len(failed),
        reasons={
            reason: {"count": count, "first": first[reason][:160]}
            for reason, count in sorted(counts.items())
        },
    )


def make_release(index: ModelIndex, found: FoundRelease, source: Source) -> Release:
    """Return the release that a crawl found; its model is put on record if it is not there."""
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


def make_found_rows(
    index: ModelIndex,
    found: Found,
    source: Source,
    snapshot: Snapshot,
    extractor: str,
    text: str,
) -> list[Table]:
    """Return the rows of a claim or a result; raise ValueError when its model is not told.

    `text` is the document's, for the words around the quote.
    """
    name, model = _find_subject(index, found, snapshot)
    read = _list_words(found, source, snapshot, extractor, text)
    if isinstance(found, FoundResult):
        return [_make_result(found, model, source, read)]
    assert isinstance(found, FoundClaim)
    return _make_claim_rows(found, name, model, source, read)


def _list_words(
    found: Found, source: Source, snapshot: Snapshot, extractor: str, text: str
) -> dict[str, Any]:
    """The columns that tell in which words it was read, and by what."""
    words_key = make_words_key(source.id, text, found.quote, found.start, found.end)
    return {
        "snapshot_id": snapshot.id,
        "quote": found.quote,
        "quote_start": found.start,
        "quote_end": found.end,
        "extractor": extractor,
        "words_key": words_key,
    }


def _make_claim_rows(
    found: FoundClaim,
    name: str,
    model: Model,
    source: Source,
    read: dict[str, Any],
) -> list[Table]:
    draft = ClaimDraft(
        type=found.claim_type,
        claimed=found.claimed_text,
        metric=found.metric,
        value=found.claimed_value,
        value_high=found.claimed_high,
        unit=found.unit,
        operator=found.operator,
        subject_text=name,
        conditions=found.conditions,
        sightings=[_make_sighting(found)],
    )
    claim = make_claim(draft, model.name, model.id)
    speech = list_speech(draft.sightings[0], source)
    sighting = make_row(
        Sighting,
        id=make_content_id("sgt", claim.id, *_list_place(read), speech),
        claim_id=claim.id,
        source_id=source.id,
        locator=found.locator,
        **read,
        **speech,
    )
    return [claim, sighting]


def _list_place(read: dict[str, Any]) -> list[Any]:
    return [read[name] for name in ("snapshot_id", "quote_start", "quote_end", "extractor")]


def _make_sighting(found: FoundClaim) -> SightingDraft:
    return SightingDraft(
        source="snapshot",
        locator=found.locator,
        said_by=found.said_by,
        said_on=found.said_on,
        attribution=found.attribution,
    )


def _make_result(
    found: FoundResult, model: Model, source: Source, read: dict[str, Any]
) -> Measurement:
    values: dict[str, Any] = found.model_dump(
        mode="json",
        exclude={"quote", "start", "end", "subject", "vendor", "conditions"},
    )
    if found.basis is Basis.READ_FROM_RELEASE:
        if found.value is not None:
            values |= {"low": found.value, "high": found.value}  # read, not sampled
        values["evidence"] = EvidenceKind.DOCUMENT
    elif is_same_organisation(source.author or source.publisher, model.vendor):
        values["basis"] = Basis.STATED_BY_VENDOR
    conditions = found.conditions.as_stored()
    return make_row(
        Measurement,
        id=make_content_id("mea", model.id, source.id, values, conditions, "read"),
        model_id=model.id,
        source_id=source.id,
        conditions=conditions,
        reported_by=source.publisher if found.basis is Basis.REPORTED_BY_OTHERS else None,
        **read,
        **values,
    )
