"""Take an editor's decisions from the queue of the dashboard into the base.

Each is checked like any other, committed, and only then put aside: a kill in between takes it
once more, and that adds nothing.
"""

from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from kb.domain.errors import UserError
from kb.linking.mended_readings import Mending
from kb.records.reading_decisions import EditorDecision
from kb.stages.review import Said, decide
from kb.store.home.editor_queue import file_away, read_waiting
from kb.store.review.readings import MachineReading, ReadingFilter, find_key, read_readings


@dataclass
class TakenReport:
    """How many decisions were taken, and why the others were not."""

    taken: int = 0
    failed: list[str] = field(default_factory=list)


def take_decisions(session: Session, queue: Path) -> TakenReport:
    """Take what waits, oldest first, and commit each."""
    report = TakenReport()
    waiting = list(read_waiting(queue))
    if not waiting:
        return report
    by_key = {reading.key: reading for reading in read_readings(session, ReadingFilter(state=None))}
    for path, decision in waiting:
        problem = _take(session, decision, by_key)
        file_away(queue, path, is_taken=problem is None)
        if problem is None:
            report.taken += 1
        else:
            report.failed.append(f"{path.stem}: {problem}")
    return report


def _take(
    session: Session, decision: EditorDecision | None, by_key: dict[str, MachineReading]
) -> str | None:
    """Decide as the editor did; return why it cannot be done, if it cannot."""
    if decision is None:
        return "it holds no decision"
    reading = by_key.get(find_key(session, decision.reading) or "")
    if reading is None:
        return "no such reading; the document was read again, and other words were found"
    mending = None if decision.mended is None else Mending(**decision.mended.model_dump())
    said = Said(decision.decision, decision.by, decision.reason, decision.scope, mending)
    try:
        decide(session, [reading], said)
    except UserError as error:
        session.rollback()
        return str(error)
    return None
