"""Answers of somebody who was interrupted: one file, whole or not there, until they are used."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kb.store.files import write_atomically

_MAX_BYTES = 100_000


def store_draft(home: Path, answers: Mapping[str, Any]) -> None:
    """Keep the answers given so far."""
    data = json.dumps(answers, ensure_ascii=False, indent=1).encode()
    write_atomically(_make_path(home), data)


def read_draft(home: Path) -> dict[str, Any]:
    """Return the answers that are kept; none when there are none, or they are not readable."""
    try:
        with _make_path(home).open("rb") as file:
            found = json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def discard_draft(home: Path) -> None:
    """Forget the answers."""
    _make_path(home).unlink(missing_ok=True)


def _make_path(home: Path) -> Path:
    return home / "drafts" / "add.json"
