"""What answers come to: the text of a record, checked with all others, and written whole."""

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


def _tell_taken(name: str, records: list[RecordFile]) -> str:
    for each in records:
        if each.name == name:
            return (
                f"{name} holds another model, {each.draft.model.name}; rename that file, or say "
                "the name as it stands there (--model)"
            )
    return f"{name} is there and cannot be used; `kb validate` says why"


def plan_addition(
    records: list[RecordFile], answers: Mapping[str, Any], folder: Path
) -> tuple[Addition, list[Problem]]:
    """Return what is to be written, and what is doubtful of it.

    Raises UserError when anything would be wrong with the records then.
    """
    texts = {each.name: Path(each.name).read_text(encoding="utf-8") for each in records}
    addition = make_addition(records, texts, answers, str(folder))
    if addition.is_new_file and Path(addition.name).exists():
        raise UserError(_tell_taken(addition.name, records))
    others = [each for each in records if each.name != addition.name]
    found = _find_problems([*others, addition.record])
    known = {(each.file, each.message) for each in _find_problems(records)}
    fresh = [each for each in found if (each.file, each.message) not in known]
    errors = [str(each) for each in fresh if each.severity is Severity.ERROR]
    if errors:
        raise UserError("\n".join(["nothing was written:", *errors]))
    return addition, fresh


def _find_problems(records: list[RecordFile]) -> list[Problem]:
    return [*check_records(records), *lint_records(records, datetime.now(UTC).date())]


def find_known(settings: Settings, records: list[RecordFile], addition: Addition) -> list[Alike]:
    """Return the claims in the records and in the base that are alike."""
    row = make_claim(addition.claim, "", addition.model_id)
    new = _make_facts(row)
    known = {each.id: each for each in _read_base(settings, addition)}
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
    """Claims in the base about the same model, under whatever address it has there."""
    if settings.database_url is None and not (settings.home / "kb.sqlite").exists():
        return []
    model = addition.record.draft.model
    try:
        with open_session(settings.url) as session:
            found = ModelIndex(session).find(model.name, model.vendor)
            ids = {addition.model_id, found.id if found else addition.model_id}
            facts = [each for each in read_compared_claims(session) if each.model_id in ids]
    except DatabaseNotReadyError:
        return []
    return [replace(each, model_id=addition.model_id) for each in facts]


def write_addition(addition: Addition) -> None:
    """Put the file in its place, whole."""
    path = Path(addition.name)
    mode = 0o644 if addition.is_new_file else path.stat().st_mode & 0o777
    write_atomically(path, addition.text.encode())
    path.chmod(mode)
