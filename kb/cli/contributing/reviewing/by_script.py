"""Decisions from a command line or a file, for scripts: each is committed before the next."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from sqlmodel import Session

from kb.cli.console import make_progress
from kb.cli.contributing.reviewing.by_key import REASONS
from kb.domain.errors import UserError
from kb.linking.mended_readings import Mending
from kb.records.plain_errors import explain_error
from kb.records.reading_decisions import DecisionLine
from kb.stages.review import Said, decide
from kb.store.review.readings import MachineReading

_MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class ScriptReport:
    """How many decisions were asked for, how many are new, and why the others failed."""

    asked: int
    new: int
    failed: list[str]


def read_lines(path: Path) -> list[DecisionLine]:
    """Return the decisions of a file, JSON lines; raise UserError that names a bad line."""
    try:
        with path.open("rb") as file:
            data = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise UserError(f"{path}: {error.strerror or error}") from None
    if len(data) > _MAX_BYTES:
        raise UserError(f"{path}: larger than {_MAX_BYTES:,} bytes; split it")
    return list(_parse_lines(data.decode("utf-8", "replace"), path))


def _parse_lines(text: str, path: Path) -> Iterator[DecisionLine]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            yield DecisionLine.model_validate(json.loads(line))
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"])) or "line"
            raise UserError(f"{path}:{number}: {place}: {explain_error(first)}") from None
        except ValueError as error:
            raise UserError(f"{path}:{number}: no JSON object: {error}") from None


def carry_out(
    session: Session,
    readings: Sequence[MachineReading],
    lines: Sequence[DecisionLine],
    by: str | None,
    reason: str | None,
) -> ScriptReport:
    """Decide line by line; what is decided so already adds nothing."""
    by_key = {reading.key: reading for reading in readings}
    new, failed = 0, list[str]()
    with make_progress(is_shown=len(lines) > 1) as progress:
        for line in progress.track(lines, description="review"):
            try:
                reading = _find(by_key, line.key)
                new += decide(session, [reading], _make_said(line, by, reason))
            except UserError as error:
                session.rollback()
                failed.append(f"{line.key}: {error}")
    return ScriptReport(len(lines), new, failed)


def _make_said(line: DecisionLine, by: str | None, reason: str | None) -> Said:
    author = line.by or by
    if author is None:
        raise UserError("a decision needs its author; add --by YOUR_NAME")
    mending = None if line.mended is None else Mending(**line.mended.model_dump())
    words = line.reason or reason or REASONS[line.decision]
    return Said(line.decision, author, words, mending=mending)


def _find(by_key: dict[str, MachineReading], key: str) -> MachineReading:
    if key in by_key:
        return by_key[key]
    found = [reading for known, reading in by_key.items() if known.startswith(key)]
    if len(found) != 1:
        words = f"{len(found)} readings begin with it" if found else "no such reading"
        raise UserError(f"{words}; `kb review readings --json` lists them")
    return found[0]
