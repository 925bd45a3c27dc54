"""An editor's decisions that wait to be taken into the base: files, named by their content.

`waiting/` holds what is to be taken, `taken/` what was, `refused/` what could not be. A file
appears whole or not at all; only who has the editor's token can put one there.
"""

from collections.abc import Iterator
from pathlib import Path

from kb.domain.ids import make_content_id
from kb.records.reading_decisions import EditorDecision
from kb.store.files import write_atomically

_WAITING, _TAKEN, _REFUSED = "waiting", "taken", "refused"
_MAX_BYTES = 50_000
_MOST_WAITING = 20_000


class EditorQueueFullError(Exception):
    """Nobody has taken decisions into the base for long; the message says how."""


def insert_decision(queue: Path, decision: EditorDecision) -> bool:
    """Put a decision in the queue; return whether it is new there."""
    waiting = queue / _WAITING
    if sum(1 for _ in waiting.glob("*.json")) >= _MOST_WAITING:
        raise EditorQueueFullError("Too many decisions wait; run `kb judge` to take them.")
    name = f"{make_content_id('edc', decision.model_dump(mode='json'))}.json"
    if (waiting / name).exists():
        return False
    write_atomically(waiting / name, decision.model_dump_json(exclude_none=True).encode())
    return True


def read_waiting(queue: Path) -> Iterator[tuple[Path, EditorDecision | None]]:
    """Yield what waits, oldest first; None for a file that holds no decision."""
    paths = sorted((queue / _WAITING).glob("*.json"), key=_get_age)
    for path in paths:
        try:
            with path.open("rb") as file:
                yield path, EditorDecision.model_validate_json(file.read(_MAX_BYTES))
        except (OSError, ValueError):
            yield path, None


def list_waiting_ids(queue: Path) -> set[str]:
    """Return the readings on which a decision waits."""
    return {decision.reading for _, decision in read_waiting(queue) if decision is not None}


def file_away(queue: Path, path: Path, *, is_taken: bool) -> None:
    """Put a decision aside that was taken, or could not be."""
    folder = queue / (_TAKEN if is_taken else _REFUSED)
    folder.mkdir(parents=True, exist_ok=True)
    path.replace(folder / path.name)


def _get_age(path: Path) -> tuple[int, str]:
    return path.stat().st_mtime_ns, path.name
