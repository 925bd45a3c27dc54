"""Logs of runs: one JSON file each, beside the knowledge base and not part of it."""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kb.store.files import write_atomically


@dataclass
class RunLog:
    """What one run of a long command did. `status` stays 'running' if it was killed."""

    id: str
    command: str
    started_at: str
    status: str = "running"
    finished_at: str | None = None
    done: dict[str, Any] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    error: str | None = None


def start_run(runs: Path, command: str) -> RunLog:
    """Begin a log and write it."""
    now = datetime.now(UTC)
    run = RunLog(
        f"{now:%Y%m%dT%H%M%S}-{command}-{os.getpid()}", command, now.isoformat()[:19] + "Z"
    )
    write_run(runs, run)
    return run


def write_run(runs: Path, run: RunLog) -> None:
    """Write the log as it stands."""
    write_atomically(runs / f"{run.id}.json", json.dumps(asdict(run), indent=1).encode())


def finish_run(runs: Path, run: RunLog, status: str, error: str | None = None) -> None:
    """Close the log with how it ended."""
    run.status, run.error = status, error
    run.finished_at = datetime.now(UTC).isoformat()[:19] + "Z"
    write_run(runs, run)


def read_runs(runs: Path) -> list[RunLog]:
    """Return all logs, newest first."""
    if not runs.exists():
        return []
    logs = [RunLog(**json.loads(path.read_text())) for path in runs.glob("*.json")]
    return sorted(logs, key=lambda run: run.id, reverse=True)
