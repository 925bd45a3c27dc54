"""`kb validate`: record files, checked for form and meaning."""

import tempfile
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.commands.pipeline.init import run_init
from kb.cli.console import as_plain_text, err, out, print_json
from kb.cli.contributing.problem_formats import (
    render_annotation,
    render_headline,
    render_summary,
)
from kb.cli.options import JsonFlag, RecordsFolder
from kb.cli.steps import find_step
from kb.domain.errors import UserError
from kb.records.files import Problem, RecordFile, Severity
from kb.records.lint.case import LintCase
from kb.records.lint.quotes import find_absent_quotes, list_quoted_urls
from kb.settings import load_settings
from kb.stages.load import check_folder
from kb.stages.load_runs import read_runs
from kb.text.counting import count_things


class ProblemFormat(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def validate(
    folder: RecordsFolder = Path("records"),
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch each source and look for its quotes in it.")
    ] = False,
    only: Annotated[
        list[Path] | None,
        typer.Option(help="Warn about, and fetch sources for, this file only; may be repeated."),
    ] = None,
    form: Annotated[
        ProblemFormat,
        typer.Option("--format", help="github writes notes for a pull request."),
    ] = ProblemFormat.TEXT,
    as_json: JsonFlag = False,
    summary: Annotated[
        Path | None, typer.Option(help="Append the result to this file, as Markdown.")
    ] = None,
) -> None:
    """Check record files and say how to correct each problem.

    Each problem is one line: file, line number, what is wrong, what to write instead. Any error
    makes the exit status 1. What draws a warning may turn out to be right but is worth a second
    look. --fetch requests pages under the same rules as a crawl (robots.txt, no private network,
    bounded size) and keeps none of them; a page that cannot be fetched is only noted.

    Example: kb validate records --fetch --only records/meta-llama-4.yaml
    """
    today = datetime.now(UTC).date()
    _check_only(only or [], folder)
    records, found = check_folder(folder, today)
    runs = read_runs(folder)
    wanted = {path.resolve() for path in only or []}
    problems = sorted(
        _narrow(found + (_check_quotes(records, today, wanted) if fetch else []), wanted)
    )
    claims = sum(len(record.draft.claims) for record in records)
    headline = render_headline(len(records), claims, problems)
    headline += f" ({count_things(len(runs), 'recorded run')} with them)" if runs else ""
    _tell(headline, problems, ProblemFormat.JSON if as_json else form)
    if summary is not None:
        with summary.open("a", encoding="utf-8") as file:
            file.write(render_summary(headline, problems))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(1)


def _check_only(only: list[Path], folder: Path) -> None:
    within = {folder.resolve(), *(path.resolve() for path in folder.rglob("*.yaml"))}
    for path in only:
        if path.resolve() not in within:
            raise UserError(
                f"--only {path}: {folder} has no such record; name the folder first, as in "
                "`kb validate FOLDER --only FOLDER/FILE.yaml`"
            )


def _narrow(problems: list[Problem], wanted: set[Path]) -> list[Problem]:
    """Return errors in all files, and warnings only in the wanted ones, if any are named."""
    return [
        problem
        for problem in problems
        if problem.severity is Severity.ERROR
        or not wanted
        or Path(problem.file).resolve() in wanted
    ]


def _check_quotes(records: list[RecordFile], today: date, wanted: set[Path]) -> list[Problem]:
    cases = [
        LintCase(record, today)
        for record in records
        if not wanted or Path(record.name).resolve() in wanted
    ]
    urls = sorted({url for case in cases for url in list_quoted_urls(case)})
    if not urls:
        return []
    with tempfile.TemporaryDirectory(prefix="kb-validate-") as home:
        settings = load_settings().model_copy(update={"home": Path(home), "database_url": None})
        run_init(settings)
        pages = find_step("read_pages")(settings, urls)
    return [problem for case in cases for problem in find_absent_quotes(case, pages)]


def _tell(headline: str, problems: list[Problem], form: ProblemFormat) -> None:
    if form is ProblemFormat.JSON:
        print_json({"headline": headline, "problems": [vars(problem) for problem in problems]})
        return
    for problem in problems:
        if form is ProblemFormat.GITHUB:
            out.print(as_plain_text(render_annotation(problem)), soft_wrap=True)
        else:
            err.print(as_plain_text(str(problem)), soft_wrap=True)
    err.print(as_plain_text(headline), soft_wrap=True)
