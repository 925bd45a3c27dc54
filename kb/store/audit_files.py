"""Audit files on disk: begun, read, and added to, so that a kill at any moment loses nothing."""

import fcntl
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from kb.domain.errors import UserError
from kb.records.audits.drafts import AuditDraft, FactDraft, FactJudgement, ReaderDraft
from kb.records.audits.facts import Fact, compute_facts_digest, draw_facts
from kb.records.audits.files import FOLDER, AuditFile, make_audit_name, parse_audit, render_audit
from kb.records.files import Problem, RecordError
from kb.store.files import write_atomically

_MAX_BYTES = 1_000_000


def read_audits(folder: Path) -> tuple[list[AuditFile], list[Problem]]:
    """Return the audits beside the records in `folder`, oldest first, and what cannot be read."""
    found: list[AuditFile] = []
    problems: list[Problem] = []
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        try:
            found.append(read_audit(path))
        except RecordError as error:
            problems += error.problems
    return sorted(found, key=lambda audit: (audit.draft.day, audit.name)), problems


def read_audit(path: Path) -> AuditFile:
    """Return one audit; raise RecordError for what is wrong in it."""
    try:
        with path.open("rb") as file:
            return parse_audit(file.read(_MAX_BYTES + 1), str(path))
    except OSError as error:
        why = f"cannot be read: {error.strerror or error}"
        raise RecordError([Problem(str(path), 1, why)]) from None


def find_audit(folder: Path, seed: int | None) -> AuditFile | None:
    """Return the newest audit with this seed, or the newest of all; None if there is none."""
    audits, problems = read_audits(folder)
    if problems:
        raise RecordError(problems)
    return next((a for a in reversed(audits) if seed in (None, a.draft.seed)), None)


def begin_audit(
    folder: Path, facts: Sequence[Fact], sample: int, seed: int, today: date
) -> AuditFile:
    """Draw a sample and write it down before anybody judges; raise UserError for too few facts."""
    if sample > len(facts):
        raise UserError(f"the records hold {len(facts)} facts; ask for no more with --sample")
    draft = AuditDraft(
        day=today, seed=seed, sample=sample, drawn_from=len(facts),
        digest=compute_facts_digest(facts),
        facts=[_as_draft(fact) for fact in draw_facts(facts, sample, seed)],
    )  # fmt: skip
    path = folder / FOLDER / make_audit_name(draft)
    with _hold(path):
        if not path.exists():
            write_atomically(path, render_audit(draft))
    return read_audit(path)


def _as_draft(fact: Fact) -> FactDraft:
    return FactDraft(id=fact.id, **vars(fact))


def add_judgements(path: Path, reader: str, judgements: Iterable[FactJudgement]) -> AuditFile:
    """Add what a reader found; a later judgement of a fact takes the place of their earlier one."""
    with _hold(path):
        draft = read_audit(path).draft
        changed = _with_judgements(draft, reader, list(judgements))
        if changed != draft:
            write_atomically(path, render_audit(changed))
    return read_audit(path)


def _with_judgements(draft: AuditDraft, name: str, new: list[FactJudgement]) -> AuditDraft:
    before = draft.find_reader(name) or ReaderDraft(name=name)
    found = {_name(judgement): judgement for judgement in before.judgements}
    for judgement in new:
        old = found.get(_name(judgement))
        if old is None or old.model_copy(update={"judged_on": judgement.judged_on}) != judgement:
            found[_name(judgement)] = judgement
    after = before.model_copy(update={"judgements": list(found.values())})
    readers = [after if reader.name == name else reader for reader in draft.readers]
    if name not in {reader.name for reader in readers}:
        readers.append(after)
    return draft.model_copy(update={"readers": readers})


def _name(judgement: FactJudgement) -> str:
    return judgement.fact or judgement.where or ""


@contextmanager
def _hold(path: Path) -> Iterator[None]:
    """Be the only one to write the file; remove what writers that were killed left beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for part in path.parent.glob(f".{path.name}.*.part"):
            part.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)
