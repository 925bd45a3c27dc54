"""Problems of record files as lines for people, annotations for GitHub, and a Markdown summary."""

import html
from collections.abc import Sequence

from kb.records.files import Problem, Severity
from kb.text.plain_text import as_html, show_hidden

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.NOTE: "💬"}


def render_annotation(problem: Problem) -> str:
    """Return the workflow command by which GitHub shows a problem beside its line.

    Escapes are those of GitHub's own toolkit (actions/toolkit, command.ts): a line break in an
    untrusted text must not begin a command of its own.
    """
    message = _escape(show_hidden(problem.message))
    file = _escape(show_hidden(problem.file)).replace(":", "%3A").replace(",", "%2C")
    return f"::{_COMMANDS[problem.severity]} file={file},line={problem.line}::{message}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def render_summary(headline: str, problems: Sequence[Problem]) -> str:
    """Return what was found as Markdown; all text stands in HTML cells, where it is text only."""
    lines = ["## Records", "", html.escape(headline), ""]
    if problems:
        lines += ["<table>", "<tr><th></th><th>where</th><th>what</th></tr>"]
        lines += [_render_row(each) for each in problems]
        lines += ["</table>", ""]
    return "\n".join(lines)


def _render_row(problem: Problem) -> str:
    place = as_html(f"{problem.file}:{problem.line}").replace("\n", " ")
    message = as_html(problem.message).replace("\n", " ")
    mark = _MARKS[problem.severity]
    return f"<tr><td>{mark}</td><td><code>{place}</code></td><td><code>{message}</code></td></tr>"


def render_headline(records: int, claims: int, problems: Sequence[Problem]) -> str:
    """Return one line: what was looked at, and how much was found of each kind."""
    count = {each: sum(p.severity is each for p in problems) for each in Severity}
    found = ", ".join(
        f"{number} {severity}{'s' if number > 1 else ''}"
        for severity, number in count.items()
        if number
    )
    return f"{records} records with {claims} claims: {found or 'all well'}"
