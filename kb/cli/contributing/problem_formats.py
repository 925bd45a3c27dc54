"""Problems of record files as lines for people, annotations for GitHub, and a Markdown summary."""

import html
from collections import Counter
from collections.abc import Sequence

from kb.records.files import Problem, Severity
from kb.text.counting import count_things
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
    """Return what was found as Markdown; all text goes into HTML cells, where it stays text."""
    lines = ["## Records", "", html.escape(headline), ""]
    if problems:
        lines += ["<table>", "<tr><th></th><th>place</th><th>problem</th></tr>"]
        lines += [_render_row(problem) for problem in problems]
        lines += ["</table>", ""]
    return "\n".join(lines)


def _render_row(problem: Problem) -> str:
    place = as_html(f"{problem.file}:{problem.line}").replace("\n", " ")
    message = as_html(problem.message).replace("\n", " ")
    mark = _MARKS[problem.severity]
    return f"<tr><td>{mark}</td><td><code>{place}</code></td><td><code>{message}</code></td></tr>"


def render_headline(records: int, claims: int, problems: Sequence[Problem]) -> str:
    """Return one line: what was checked, and how many problems of each severity there are."""
    count = Counter(problem.severity for problem in problems)
    found = ", ".join(
        count_things(count[severity], severity) for severity in Severity if count[severity]
    )
    checked = f"{count_things(records, 'record')} with {count_things(claims, 'claim')}"
    return f"{checked}: {found or 'no problems'}"
