"""Accepted readings → record files: composed one after the other, checked once, written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from kb.cli.contributing.writing import read_folder, write_addition
from kb.domain.errors import UserError
from kb.domain.review.decisions import is_rule
from kb.domain.review.states import ReviewState
from kb.linking.model_index import UNKNOWN_VENDOR
from kb.records.additions import Addition, cut_quote, make_addition
from kb.records.checks import check_records
from kb.records.files import Problem, RecordFile, Severity
from kb.records.lint import lint_records
from kb.store.review.readings import MachineReading, ReadingFilter, read_readings
from kb.tables import Claim, Model

_STATES = (ReviewState.ACCEPTED, ReviewState.MENDED)


@dataclass
class WrittenReport:
    """What was added to which files, and what was left out, with the reason."""

    files: list[str] = field(default_factory=list)
    claims: int = 0
    sightings: int = 0
    left_out: list[str] = field(default_factory=list)


def write_records(session: Session, folder: Path, wanted: ReadingFilter) -> WrittenReport:
    """Add what people accepted to the records in `folder`; a file with an error is not written."""
    report = WrittenReport()
    records = {record.name: record for record in read_folder(folder)}
    known = _find_errors(records.values())
    texts = {name: Path(name).read_text(encoding="utf-8") for name in records}
    made: dict[str, list[Addition]] = {}
    for reading in filter(_is_a_persons, read_readings(session, wanted)):
        try:
            answers = _make_answers(session, reading)
            addition = make_addition(list(records.values()), texts, answers, str(folder))
        except UserError as error:
            report.left_out.append(f"{reading.key}: {error}")
            continue
        if addition.what != "nothing":
            made.setdefault(addition.name, []).append(addition)
            records[addition.name], texts[addition.name] = addition.record, addition.text
    errors = _find_errors(records.values()) - known
    for name, additions in made.items():
        _write(report, additions, sorted(words for file, words in errors if file == name))
    return report


def _is_a_persons(reading: MachineReading) -> bool:
    decision = reading.review.decision
    is_persons = decision is not None and not is_rule(decision.author)
    return is_persons and reading.review.state in _STATES and reading.claim is not None


def _write(report: WrittenReport, additions: list[Addition], errors: list[str]) -> None:
    last = additions[-1]
    if errors:
        report.left_out.append(f"{last.name}: {'; '.join(errors)}")
        return
    is_new = additions[0].is_new_file
    write_addition(last if not is_new else _as_new(last))
    report.files.append(last.name)
    report.claims += sum(addition.what == "claim" for addition in additions)
    report.sightings += sum(addition.what == "sighting" for addition in additions)


def _as_new(addition: Addition) -> Addition:
    return Addition(**{**vars(addition), "is_new_file": True})


def _find_errors(records: Iterable[RecordFile]) -> set[tuple[str, str]]:
    known = list(records)
    today = datetime.now(UTC).date()
    problems: list[Problem] = [*check_records(known), *lint_records(known, today)]
    return {(row.file, row.message) for row in problems if row.severity is Severity.ERROR}


def _make_answers(session: Session, reading: MachineReading) -> dict[str, Any]:
    """What a person would have answered who recorded the claim by hand."""
    mended = reading.review.mended_id
    claim = reading.claim if mended is None else session.get_one(Claim, mended)
    assert claim is not None and reading.review.decision is not None
    model = session.get_one(Model, claim.model_id)
    if model.vendor == UNKNOWN_VENDOR:
        raise UserError(f"nobody knows who makes {model.name}; mend its model and vendor")
    row, source = reading.row, reading.source
    answers = {
        "url": source.url,
        "publisher": source.publisher,
        "kind": source.kind,
        "title": source.title,
        "published_on": source.published_on and source.published_on.isoformat(),
        "read_on": reading.review.decision.decided_at.date().isoformat(),
        "sha256": reading.snapshot.sha256,
        "model": model.name,
        "vendor": model.vendor,
        "type": claim.claim_type,
        "metric": claim.metric,
        "claimed": claim.claimed_text,
        "value": claim.claimed_value,
        "value_high": claim.claimed_high,
        "unit": claim.unit,
        "operator": claim.operator,
        "conditions": claim.conditions,
        "said_by": row.attributed_to or row.said_by,
        "passing": row.attribution,
        "attribution_words": row.attribution_words,
        "quote": cut_quote(row.quote or "", claim.claimed_text),
        "locator": row.locator,
        "said_on": row.said_on,
    }
    return {name: value for name, value in answers.items() if value not in (None, {}, "")}
