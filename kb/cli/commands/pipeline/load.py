"""`kb load`: contributed records and recorded runs into the database."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, print_json
from kb.cli.options import JsonFlag, RecordsFolder
from kb.cli.steps import find_step
from kb.settings import Settings, load_settings
from kb.stages.load import LoadReport, load_records, read_records
from kb.stages.load_audits import load_audits
from kb.stages.load_runs import load_runs, read_runs
from kb.store.audit_files import read_audits
from kb.store.database import open_session
from kb.text.counting import count_things


def load(
    folder: RecordsFolder = Path("records"),
    retire: Annotated[
        list[str] | None,
        typer.Option(help="Take back a record whose file is gone: its name, such as old.yaml."),
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Load contributed records, all or none of them.

    A record that was corrected takes the place of what it said before; `corrected` and
    `withdrawn` in it tell readers what was wrong (CONTRIBUTING.md). Where names or sources
    changed, archived documents are read again.

    Example: kb load records --retire misnamed-model.yaml
    """
    settings = load_settings()
    report = run_load(settings, folder, retire or ())
    if as_json:
        print_json(vars(report) | {"unnoted": [str(problem) for problem in report.unnoted]})
    else:
        err.print(describe_load(report))
        tell_unnoted(report)
        if report.elsewhere:
            names = ", ".join(report.elsewhere)
            err.print(
                as_plain_text(f"on record from elsewhere: {names} (--retire takes one back)"),
                soft_wrap=True,
            )
    if report.outdated:
        err.print(f"{count_things(report.outdated, 'archived document')} to read again")
        find_step("read_archive")(settings)


def tell_unnoted(report: LoadReport) -> None:
    """Print what changed without a note, a line each."""
    for problem in report.unnoted:
        err.print(as_plain_text(str(problem)), soft_wrap=True)


def describe_load(report: LoadReport) -> str:
    """Return one line: what the records hold, and how much of it is new."""
    counts = [
        f"{count_things(report.files, 'record')}: {count_things(report.claims, 'claim')}",
        count_things(report.results, "reported result"),
        *([count_things(report.runs, "recorded run")] if report.runs else []),
        *([count_things(report.audits, "audit")] if report.audits else []),
        count_things(report.new_rows, "new row"),
        *([f"{count_things(report.superseded, 'row')} superseded"] if report.superseded else []),
    ]
    return ", ".join(counts)


def run_load(settings: Settings, folder: Path, retire: Iterable[str] = ()) -> LoadReport:
    """Load the records in `folder`, and the runs and audits that were recorded beside them."""
    records, runs = read_records(folder), read_runs(folder)
    audits, _ = read_audits(folder)
    with open_session(settings.url) as session:
        report = load_records(session, records, retire)
        new_rows = report.new_rows + load_runs(session, runs) + load_audits(session, audits)
        return replace(report, runs=len(runs), audits=len(audits), new_rows=new_rows)
