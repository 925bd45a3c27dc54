"""From answers to a record file: composed, checked with all other records, written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.domain.errors import UserError
from kb.domain.names import make_model_id
from kb.embeddings import SentenceEncoder
from kb.linking.alike import Alike, find_alike
from kb.linking.compared_claims import ComparedClaim
from kb.linking.model_index import ModelIndex
from kb.records.additions import Addition, make_addition
from kb.records.checks import check_records
from kb.records.files import Problem, RecordFile, Severity
from kb.records.lint import lint_records
from kb.settings import Settings
from kb.stages.link import read_compared_claims
from kb.stages.load import check_folder
from kb.store.database import DatabaseNotReadyError, open_session
from kb.store.files import write_atomically
from kb.store.rows import make_claim


def read_folder(folder: Path) -> list[RecordFile]:
    """Return the records of a folder that can be read; none when it is not there yet."""
    if not folder.exists() or not any(folder.rglob("*.yaml")):
        return []
    return check_folder(folder, datetime.now(UTC).date())[0]


def _explain_taken(name: str, records: list[RecordFile]) -> str:
    for record in records:
        if record.name == name:
            return (
                f"{name} is the record of another model, {record.draft.model.name}; rename that "
                "file, or give the name as it is there (--model)"
            )
    return f"{name} exists and cannot be used; `kb validate` says why"


def plan_addition(
    records: list[RecordFile], answers: Mapping[str, Any], folder: Path
) -> tuple[Addition, list[Problem]]:
    """Return what will be written, and warnings about it.

    Raises UserError if the records would have an error then.
    """
    texts = {record.name: Path(record.name).read_text(encoding="utf-8") for record in records}
    addition = make_addition(records, texts, answers, str(folder))
    if addition.is_new_file and Path(addition.name).exists():
        raise UserError(_explain_taken(addition.name, records))
    others = [record for record in records if record.name != addition.name]
    found = _find_problems([*others, addition.record])
    known = {(problem.file, problem.message) for problem in _find_problems(records)}
    fresh = [problem for problem in found if (problem.file, problem.message) not in known]
    errors = [str(problem) for problem in fresh if problem.severity is Severity.ERROR]
    if errors:
        raise UserError("\n".join(["nothing was written:", *errors]))
    return addition, fresh


def _find_problems(records: list[RecordFile]) -> list[Problem]:
    return [*check_records(records), *lint_records(records, datetime.now(UTC).date())]


def find_known(settings: Settings, records: list[RecordFile], addition: Addition) -> list[Alike]:
    """Return similar claims in the records and in the base."""
    row = make_claim(addition.claim, "", addition.model_id)
    new = _make_facts(row)
    known = {claim.id: claim for claim in _read_base(settings, addition)}
    for record in records:
        model = record.draft.model
        model_id = make_model_id(model.vendor, model.name)
        for claim in record.draft.claims:
            fact = _make_facts(make_claim(claim, model.name, model_id))
            known[fact.id] = fact
    return find_alike(new, known.values(), SentenceEncoder())


def _make_facts(row: Any) -> ComparedClaim:
    return ComparedClaim(
        row.id, row.model_id, row.claim_type, row.claimed_text, row.metric, row.claimed_value,
        row.claimed_high, row.unit, row.operator, row.conditions, row.seed,
    )  # fmt: skip


def _read_base(settings: Settings, addition: Addition) -> list[ComparedClaim]:
    """Return claims in the base about the same model, whatever its id is there."""
    if settings.database_url is None and not (settings.home / "kb.sqlite").exists():
        return []
    model = addition.record.draft.model
    try:
        with open_session(settings.url) as session:
            found = ModelIndex(session).find(model.name, model.vendor)
            ids = {addition.model_id, found.id if found else addition.model_id}
            facts = [claim for claim in read_compared_claims(session) if claim.model_id in ids]
    except DatabaseNotReadyError:
        return []
    return [replace(claim, model_id=addition.model_id) for claim in facts]


def write_addition(addition: Addition) -> None:
    """Write the file, all at once."""
    path = Path(addition.name)
    mode = 0o644 if addition.is_new_file else path.stat().st_mode & 0o777
    write_atomically(path, addition.text.encode())
    path.chmod(mode)
