"""How the command line speaks: tables for people, JSON for programs, progress with time left."""

import json
import sys
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

_PIPED_WIDTH = 160
out = Console(highlight=False, emoji=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
err = Console(stderr=True, highlight=False, emoji=False)

OUTCOME_STYLES = {
    "supported": "green",
    "overstated": "yellow",
    "refuted": "red",
    "wrong_artefact": "red",
    "inconclusive": "cyan",
    "not_testable": "dim",
    "pending": "blue",
    "untested": "dim",
}


def print_json(value: Any) -> None:
    """Print `value` as JSON on standard output."""
    print(json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False, default=str))


def as_plain_text(text: str | None, style: str = "") -> Text:
    """Return untrusted text for the terminal: no markup, no control characters."""
    cleaned = "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text or "")
    return Text(cleaned, style=style)


def make_progress(*, is_shown: bool = True) -> Progress:
    """Return a progress bar with counts, time spent and time left, on standard error."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        _Count(),
        TimeElapsedColumn(),
        _TimeLeft(),
        console=err,
        disable=not is_shown,
    )


class _Count(MofNCompleteColumn):
    """How many of how many; only how many where the end is not known."""

    def render(self, task: Task) -> Text:
        if task.total is not None:
            return super().render(task)
        return Text(f"{task.completed:.0f}" if task.completed else "")


class _TimeLeft(TimeRemainingColumn):
    """The time that is left, where that can be told."""

    def render(self, task: Task) -> Text:
        if task.total is None or task.finished:
            return Text("")
        return super().render(task).append(" left")
