"""`kb validate`: check record files, in shape and in meaning."""

import tempfile
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.base import JsonFlag, RecordsFolder, run_init
from kb.cli.console import as_plain_text, err, out, print_json
from kb.cli.problem_formats import render_annotation, render_headline, render_summary
from kb.cli.steps import find_step
from kb.domain.errors import UserError
from kb.records.files import Problem, RecordFile, Severity
from kb.records.lint.case import LintCase
from kb.records.lint.quotes import find_absent_quotes, list_quoted_urls
from kb.settings import load_settings
from kb.stages.load import check_folder
from kb.stages.load_runs import read_runs


class ProblemFormat(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("validate")(validate)


def validate(
    folder: RecordsFolder = Path("records"),
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch the sources, and look for each quote in its own.")
    ] = False,
    only: Annotated[
        list[Path] | None,
        typer.Option(help="Tell what is doubtful of this file only, and fetch its sources only."),
    ] = None,
    form: Annotated[
        ProblemFormat, typer.Option("--format", help="For people, a program, or a pull request.")
    ] = ProblemFormat.TEXT,
    as_json: JsonFlag = False,
    summary: Annotated[
        Path | None, typer.Option(help="Add what was found to this file, as Markdown.")
    ] = None,
) -> None:
    """Check record files; each problem is one line: file, line, what is wrong, how to mend it.

    An error is surely wrong, and the exit status is 1. A warning may be right, and is worth a
    look. With --fetch, pages are asked for as a crawl does it (robots.txt, no private network,
    bounded size) and nothing of them is kept; one that cannot be had is a note.

    Example: kb validate records --fetch --only records/meta-llama-4.yaml
    """
    today = datetime.now(UTC).date()
    _check_only(only or [], folder)
    records, found = check_folder(folder, today)
    runs = read_runs(folder)
    wanted = {each.resolve() for each in only or []}
    problems = sorted(
        _narrow(found + (_check_quotes(records, today, wanted) if fetch else []), wanted)
    )
    claims = sum(len(record.draft.claims) for record in records)
    headline = render_headline(len(records), claims, problems)
    headline += f" ({len(runs)} runs beside them)" if runs else ""
    _tell(headline, problems, ProblemFormat.JSON if as_json else form)
    if summary is not None:
        with summary.open("a", encoding="utf-8") as file:
            file.write(render_summary(headline, problems))
    if any(each.severity is Severity.ERROR for each in problems):
        raise typer.Exit(1)


def _check_only(only: list[Path], folder: Path) -> None:
    within = {folder.resolve(), *(path.resolve() for path in folder.rglob("*.yaml"))}
    for each in only:
        if each.resolve() not in within:
            raise UserError(
                f"--only {each}: {folder} has no such record; name the folder first, like "
                "`kb validate FOLDER --only FOLDER/FILE.yaml`"
            )


def _narrow(problems: list[Problem], wanted: set[Path]) -> list[Problem]:
    """Errors of all files; what is doubtful only of those that are wanted, if any are named."""
    return [
        each
        for each in problems
        if each.severity is Severity.ERROR or not wanted or Path(each.file).resolve() in wanted
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
        print_json({"headline": headline, "problems": [vars(each) for each in problems]})
        return
    for problem in problems:
        if form is ProblemFormat.GITHUB:
            out.print(as_plain_text(render_annotation(problem)), soft_wrap=True)
        else:
            err.print(as_plain_text(str(problem)), soft_wrap=True)
    err.print(as_plain_text(headline), soft_wrap=True)
