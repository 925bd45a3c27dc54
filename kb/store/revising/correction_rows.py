"""The corrections that a record notes → rows: old id and new, what stood there, what does, why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pydantic import BaseModel

from kb.domain.claim_keys import make_claim_id
from kb.domain.drafts import ClaimDraft, CorrectionDraft, SightingDraft, WithdrawnDraft
from kb.domain.ids import make_content_id
from kb.domain.names import make_model_id
from kb.records.drafts import ModelDraft
from kb.records.files import RecordFile
from kb.records.states import State, list_states
from kb.store.insert import make_row
from kb.store.record_ids import make_release_id, make_result_id
from kb.tables import Correction

_SOURCES = ("source", "availability_source")  # fields that hold the key of a document


@dataclass(frozen=True)
class _Told:
    """What a note is about: its old id and its new one, and the row on whose page it is told."""

    kind: str
    model_id: str
    old_id: str
    new_id: str | None
    about_id: str
    part: str | None = None


def make_correction_rows(
    record: RecordFile, model_id: str, source_ids: Mapping[str, str]
) -> Iterator[Correction]:
    """Yield a row for each field of each note in the record."""
    draft = record.draft
    for release in draft.releases:
        now = make_release_id(release, model_id)
        for state in list_states(release):
            before = make_release_id(state.before, model_id)
            part = release.repository
            yield from _tell(record, _Told("release", model_id, before, now, model_id, part), state)
    for result in draft.results:
        now = make_result_id(result, model_id, source_ids)
        for found in list_states(result):
            before = make_result_id(found.before, model_id, source_ids)
            part = f"{result.metric.replace('_', ' ')} reported by {result.reported_by}"
            yield from _tell(record, _Told("result", model_id, before, now, model_id, part), found)
    for claim in draft.claims:
        yield from _tell_claim(record, claim, model_id)
    for gone in draft.withdrawn:
        yield _tell_withdrawn(record, gone, model_id, make_claim_id(model_id, gone))
    for named in list_states(draft.model):
        yield from _tell_model(record, named, model_id)


def _tell_claim(record: RecordFile, claim: ClaimDraft, model_id: str) -> Iterator[Correction]:
    now = make_claim_id(model_id, claim)
    for state in list_states(claim):
        told = _Told("claim", model_id, make_claim_id(model_id, state.before), now, now)
        yield from _tell(record, told, state)
    for sighting in claim.sightings:
        source = record.draft.sources.get(sighting.source)
        told = _Told("sighting", model_id, now, now, now, source.publisher if source else None)
        for seen in list_states(sighting):
            yield from _tell(record, told, _name_speakers(record, seen))


def _name_speakers(record: RecordFile, state: State[SightingDraft]) -> State[SightingDraft]:
    """Who speaks where no speaker is given: the author of the document."""

    def name(sighting: SightingDraft) -> SightingDraft:
        source = record.draft.sources.get(sighting.source)
        author = source and (source.author or source.publisher)
        return sighting.model_copy(update={"said_by": sighting.said_by or author})

    return replace(state, before=name(state.before), after=name(state.after))


def _tell_withdrawn(
    record: RecordFile, gone: WithdrawnDraft, model_id: str, old_id: str
) -> Correction:
    told = _Told("withdrawn", model_id, old_id, None, make_claim_id(model_id, gone))
    return _make_row(record, told, gone.type, gone.claimed, None, (gone.on, gone.why))


def _tell_model(
    record: RecordFile, state: State[ModelDraft], model_id: str
) -> Iterator[Correction]:
    """The model's own rows; if its id was another one, so were those of all its claims."""
    old_id = make_model_id(state.before.vendor, state.before.name)
    yield from _tell(record, _Told("model", model_id, old_id, model_id, model_id), state)
    if old_id == model_id:
        return
    note = (state.note.on, state.note.why)
    was, now = (f"{m.vendor} {m.name}" for m in (state.before, state.after))
    for claim in record.draft.claims:
        new_id = make_claim_id(model_id, claim)
        for wording in (claim, *(earlier.before for earlier in list_states(claim))):
            told = _Told("claim", model_id, make_claim_id(old_id, wording), new_id, new_id)
            yield _make_row(record, told, "model", was, now, note)
    for gone in record.draft.withdrawn:
        yield _tell_withdrawn(record, gone, model_id, make_claim_id(old_id, gone))


def _tell(record: RecordFile, told: _Told, state: State[Any]) -> Iterator[Correction]:
    note: CorrectionDraft = state.note
    for field in note.was:
        was, now = _drop_equal(*(_get_value(part, field) for part in (state.before, state.after)))
        if field in _SOURCES:
            was, now = (_name_source(record, key) for key in (was, now))
        texts = _as_text(was), _as_text(now)
        yield _make_row(record, told, field, *texts, (note.on, note.why))


def _name_source(record: RecordFile, key: str | None) -> str | None:
    """A document by its title, or its publisher; one that is no longer listed by its key."""
    source = record.draft.sources.get(key or "")
    return key if source is None else source.title or source.publisher


def _get_value(part: BaseModel, field: str) -> Any:
    return part.model_dump(mode="json", exclude_defaults=True).get(field)


def _drop_equal(was: Any, now: Any) -> tuple[Any, Any]:
    """Of two sets of conditions, what differs."""
    if not (isinstance(was, dict) and isinstance(now, dict)):
        return was, now
    same = {name for name in was if was[name] == now.get(name)}
    parts = ({k: v for k, v in part.items() if k not in same} for part in (was, now))
    before, after = (part or None for part in parts)
    return before, after


def _as_text(value: Any) -> str | None:
    if isinstance(value, dict):
        value = [f"{name.replace('_', ' ')}: {_as_text(held)}" for name, held in value.items()]
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if value is None or isinstance(value, str):
        return value
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _make_row(
    record: RecordFile,
    told: _Told,
    field: str,
    was: str | None,
    now: str | None,
    note: tuple[date, str],
) -> Correction:
    values = {
        **vars(told), "field": field, "was": was, "now": now, "corrected_on": note[0],
        "why": note[1], "record": record.file_name,
    }  # fmt: skip
    return make_row(Correction, id=make_content_id("cor", values), **values)
