"""A contributed record → rows: sources, model, releases, claims, sightings, reported results."""

from collections.abc import Iterable, Iterator
from typing import Any

from kb.domain.drafts import ClaimDraft, ResultDraft, SourceKind
from kb.domain.ids import make_content_id
from kb.domain.names import make_model_id, make_name_key
from kb.domain.outcomes import Basis, EvidenceKind
from kb.domain.results import Result
from kb.models.memory import make_shape_results
from kb.models.speakers import is_same_organisation
from kb.records.drafts import RecordDraft, ReleaseDraft
from kb.records.files import RecordFile
from kb.store.insert import make_row
from kb.store.record_ids import UNTOLD, make_release_id, make_result_id
from kb.store.revising.correction_rows import make_correction_rows
from kb.store.rows import list_speech, make_claim, make_source
from kb.tables import Measurement, Model, Release, Sighting, Source
from kb.tables.base import JsonObject, Table


def find_model_id(draft: RecordDraft) -> str:
    """Return the id of the model that a record is about."""
    return make_model_id(draft.model.vendor, draft.model.name)


def make_record_rows(record: RecordFile, model_ids: dict[str, str]) -> Iterator[Table]:
    """Yield all rows of a record; `model_ids` gives the model of every name on record."""
    draft = record.draft
    model_id = find_model_id(draft)
    sources = {key: make_source(source) for key, source in draft.sources.items()}
    yield from sources.values()
    yield _make_model(draft, model_id, sources, model_ids)
    for release in draft.releases:
        yield from _make_release_rows(release, model_id, sources)
    extractor = f"record:{record.file_name}"
    for claim in draft.claims:
        yield from _make_claim_rows(claim, draft.model.name, model_id, sources, extractor)
    for result in draft.results:
        yield _make_result(result, model_id, draft.model.vendor, sources[result.source])
    source_ids = {key: source.id for key, source in sources.items()}
    yield from make_correction_rows(record, model_id, source_ids)


def _make_model(
    draft: RecordDraft, model_id: str, sources: dict[str, Source], model_ids: dict[str, str]
) -> Model:
    model = draft.model
    parent = None if model.variant_of is None else model_ids.get(make_name_key(model.variant_of))
    shown_by = model.availability_source
    return make_row(
        Model,
        id=model_id,
        name=model.name,
        vendor=model.vendor,
        variant_of=parent,
        availability=model.availability,
        availability_source_id=None if shown_by is None else sources[shown_by].id,
        aliases=model.aliases,
        not_the_same_as=model.not_the_same_as,
        note=model.note,
    )


def _make_release_rows(
    draft: ReleaseDraft, model_id: str, sources: dict[str, Source]
) -> Iterator[Table]:
    """The release, and what follows from its config."""
    release = _make_release(draft, model_id, sources[draft.source])
    yield release
    if draft.config is not None:
        shown_by = sources[draft.config_sources[0]]
        for result in make_shape_results(draft.config):
            yield _make_shape_result(result, release, shown_by)


def _make_shape_result(result: Result, release: Release, source: Source) -> Measurement:
    """What we counted on a shape is as good as the document that gives the shape."""
    conditions = result.conditions.as_stored()
    values: JsonObject = {**vars(result), "conditions": conditions}
    if source.kind != SourceKind.RELEASE:
        values |= {"basis": Basis.COMPUTED, "evidence": EvidenceKind.ARITHMETIC}
    return make_row(
        Measurement,
        id=make_content_id("mea", release.id, source.id, values),
        model_id=release.model_id,
        release_id=release.id,
        source_id=source.id,
        reported_by=f"{source.publisher} as an architecture, from which we counted",
        locator="config",
        **values,
    )


def _make_release(draft: ReleaseDraft, model_id: str, source: Source) -> Release:
    facts = {} if draft.config is None else {"config": draft.config}
    return make_row(
        Release,
        id=make_release_id(draft, model_id),
        model_id=model_id,
        repository=draft.repository,
        revision=draft.revision,
        format=draft.format,
        precision=draft.precision,
        published_on=draft.published_on,
        source_id=source.id,
        facts=facts,
    )


def _make_claim_rows(
    draft: ClaimDraft, name: str, model_id: str, sources: dict[str, Source], extractor: str
) -> Iterable[Table]:
    claim = make_claim(draft, name, model_id)
    yield claim
    for sighting in draft.sightings:
        source = sources[sighting.source]
        said: dict[str, Any] = {
            "quote": sighting.quote,
            "locator": sighting.locator,
            **list_speech(sighting, source),
        }
        yield make_row(
            Sighting,
            id=make_content_id("sgt", claim.id, source.id, said),
            claim_id=claim.id,
            source_id=source.id,
            extractor=extractor,
            **said,
        )


def _make_result(draft: ResultDraft, model_id: str, vendor: str, source: Source) -> Measurement:
    values = draft.model_dump(mode="json", exclude=UNTOLD)
    return make_row(
        Measurement,
        id=make_result_id(draft, model_id, {draft.source: source.id}),
        model_id=model_id,
        source_id=source.id,
        basis=_find_basis(draft, vendor, source),
        conditions=draft.conditions.as_stored(),
        **values,
    )


def _find_basis(draft: ResultDraft, vendor: str, source: Source) -> Basis:
    """A vendor's word on its own model is no report of others, and arithmetic is no run."""
    if source.kind in (SourceKind.LICENSE, SourceKind.RELEASE):
        return Basis.READ_FROM_RELEASE
    if draft.evidence is EvidenceKind.ARITHMETIC:
        return Basis.COMPUTED
    if is_same_organisation(source.author or source.publisher, vendor):
        return Basis.STATED_BY_VENDOR
    return Basis.REPORTED_BY_OTHERS
