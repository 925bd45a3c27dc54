"""Load: contributed record files → sources, models, releases, claims, reported results."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from sqlmodel import Session

from kb.domain.drafts import ClaimDraft, ResultDraft, SourceKind
from kb.domain.errors import UserError
from kb.domain.ids import make_content_id
from kb.domain.names import make_model_id, make_name_key
from kb.domain.outcomes import Basis
from kb.domain.results import Result
from kb.models.memory import make_shape_results
from kb.records.checks import check_records
from kb.records.drafts import RecordDraft, ReleaseDraft
from kb.records.files import MAX_BYTES, Problem, RecordError, RecordFile, Severity, parse_record
from kb.records.lint import lint_records
from kb.store.insert import fill_empty, insert_once, is_on_record, make_row
from kb.store.rows import make_claim, make_source
from kb.tables import TABLES, Measurement, Model, Release, Sighting, Source
from kb.tables.base import JsonObject, Table


@dataclass(frozen=True)
class LoadReport:
    """How many files were read, how many rows were new, how many are on record otherwise.

    `runs` counts the recorded runs that were loaded beside them.
    """

    files: int
    claims: int
    results: int
    new_rows: int
    differing: int
    runs: int = 0


def read_records(folder: Path) -> list[RecordFile]:
    """Return the records under `folder`, or in `folder` itself if it is a file.

    Raises RecordError with all that is surely wrong; UserError when there is no record.
    """
    records, problems = check_folder(folder, datetime.now(UTC).date())
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise RecordError(errors)
    return records


def check_folder(folder: Path, today: date) -> tuple[list[RecordFile], list[Problem]]:
    """Return the records that can be read, and all problems of every `*.yaml` under `folder`.

    Raises UserError when there is no record.
    """
    paths = [folder] if folder.is_file() else sorted(folder.rglob("*.yaml"))
    if not paths:
        raise UserError(f"no record (*.yaml) in {folder}; name the folder that holds them")
    problems: list[Problem] = []
    records: list[RecordFile] = []
    for path in paths:
        try:
            records.append(_read_record(path))
        except RecordError as error:
            problems += error.problems
    problems += check_records(records)
    problems += lint_records(records, today)
    return records, sorted(problems)


def _read_record(path: Path) -> RecordFile:
    try:
        if not path.is_file():
            raise OSError("it is no plain file")
        size = path.stat().st_size
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        raise RecordError([Problem(str(path), 1, why)]) from None
    if len(data) > MAX_BYTES:
        message = f"the file is too large ({size:,} bytes; a record has at most {MAX_BYTES:,})"
        raise RecordError([Problem(str(path), 1, f"{message}; split it by model")])
    return parse_record(data, str(path))


def load_records(session: Session, records: list[RecordFile]) -> LoadReport:
    """Insert what the records say and commit; what is there already stays as it is.

    A source that a crawl saw first takes what the record adds to it.
    """
    model_ids = {
        make_name_key(name): _model_id(record.draft)
        for record in records
        for name in (record.draft.model.name, *record.draft.model.aliases)
    }
    rows: list[Table] = []
    for record in records:
        rows += _make_rows(record, model_ids)
    rows.sort(key=lambda row: TABLES.index(type(row)))  # parents first
    added = insert_once(session, rows)
    for row in rows:
        if isinstance(row, Source):  # a crawl may have seen it first, and knows less of it
            fill_empty(session, row)
    session.commit()
    differing = sum(not is_on_record(session, row) for row in rows)
    claims = sum(len(record.draft.claims) for record in records)
    results = sum(len(record.draft.results) for record in records)
    return LoadReport(len(records), claims, results, added, differing)


def _model_id(draft: RecordDraft) -> str:
    return make_model_id(draft.model.vendor, draft.model.name)


def _make_rows(record: RecordFile, model_ids: dict[str, str]) -> Iterator[Table]:
    draft = record.draft
    model_id = _model_id(draft)
    sources = {key: make_source(source) for key, source in draft.sources.items()}
    yield from sources.values()
    yield _make_model(draft, model_id, sources, model_ids)
    for release in draft.releases:
        yield from _make_release_rows(release, model_id, sources)
    extractor = f"record:{Path(record.name).name}"
    for claim in draft.claims:
        yield from _make_claim_rows(claim, draft.model.name, model_id, sources, extractor)
    yield from (_make_result(result, model_id, sources[result.source]) for result in draft.results)


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
        values["basis"] = Basis.REPORTED_BY_OTHERS
    return make_row(
        Measurement,
        id=make_content_id("mea", release.id, source.id, values),
        model_id=release.model_id,
        release_id=release.id,
        source_id=source.id,
        reported_by=f"{source.publisher}, as a shape; counted here",
        locator="config",
        **values,
    )


def _make_release(draft: ReleaseDraft, model_id: str, source: Source) -> Release:
    facts = {} if draft.config is None else {"config": draft.config}
    return make_row(
        Release,
        id=make_content_id("rel", model_id, draft.repository, draft.revision),
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
        yield make_row(
            Sighting,
            id=make_content_id("sgt", claim.id, source.id, sighting.quote, sighting.locator),
            claim_id=claim.id,
            source_id=source.id,
            quote=sighting.quote,
            locator=sighting.locator,
            said_by=sighting.said_by or draft.said_by,
            said_on=sighting.said_on
            or (source.published_on.isoformat() if source.published_on else None),
            extractor=extractor,
        )


def _make_result(draft: ResultDraft, model_id: str, source: Source) -> Measurement:
    is_own_text = source.kind in (SourceKind.LICENSE, SourceKind.RELEASE)
    values = draft.model_dump(mode="json", exclude={"source", "conditions"})
    conditions = draft.conditions.as_stored()
    return make_row(
        Measurement,
        id=make_content_id("mea", model_id, source.id, values, conditions),
        model_id=model_id,
        source_id=source.id,
        basis=Basis.READ_FROM_RELEASE if is_own_text else Basis.REPORTED_BY_OTHERS,
        conditions=conditions,
        **values,
    )
