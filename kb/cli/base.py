"""Subcommands that move data: init, load, judge, publish."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from kb.cli.console import OUTCOME_STYLES, err, make_progress, out, print_json
from kb.domain.encoding import NamedEncoder
from kb.domain.errors import UserError
from kb.embeddings import SentenceEncoder, find_folder
from kb.exports import duckdb_file
from kb.exports.known_vectors import KnownVectors
from kb.settings import Settings, load_settings
from kb.stages.judge import JudgeReport, judge_claims
from kb.stages.load import LoadReport, load_records, read_records
from kb.stages.load_runs import load_runs, read_runs
from kb.stages.publish import Export, PublishReport, publish_edition
from kb.store.batches import Batch
from kb.store.database import open_session, upgrade
from kb.tables import TABLES
from kb.tables.base import Table
from kb.text.counting import count_things

JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]
RecordsFolder = Annotated[
    Path, typer.Argument(help="Folder of record files, or one file.", exists=True)
]


def register(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.command("init")(init)
    app.command("load")(load)
    app.command("judge")(judge)
    app.command("publish")(publish)


def init() -> None:
    """Create the database, or bring it to the current version."""
    settings = load_settings()
    run_init(settings)
    err.print(f"database ready: {settings.home}" if not settings.database_url else "database ready")


def run_init(settings: Settings) -> None:
    """Upgrade the database to the newest revision."""
    settings.home.mkdir(parents=True, exist_ok=True)
    upgrade(settings.url)


def load(folder: RecordsFolder = Path("records"), as_json: JsonFlag = False) -> None:
    """Load contributed records; nothing is loaded if any file has a problem."""
    report = run_load(load_settings(), folder)
    if as_json:
        print_json(vars(report))
        return
    err.print(
        f"{count_things(report.files, 'record')}: {count_things(report.claims, 'claim')}, "
        f"{count_things(report.results, 'reported result')}; "
        + (f"{count_things(report.runs, 'recorded run')}; " if report.runs else "")
        + count_things(report.new_rows, "new row")
    )
    if report.differing:
        err.print(
            f"{count_things(report.differing, 'row')} on record in other words: what stands there "
            "stays as it is; a corrected record takes effect in a fresh KB_HOME"
        )


def run_load(settings: Settings, folder: Path) -> LoadReport:
    """Load the records in `folder`, and the runs that were recorded beside them."""
    records, runs = read_records(folder), read_runs(folder)
    with open_session(settings.url) as session:
        report = load_records(session, records)
        return replace(report, runs=len(runs), new_rows=report.new_rows + load_runs(session, runs))


def judge(as_json: JsonFlag = False) -> None:
    """Judge every claim by the evidence on record; unchanged verdicts are left alone."""
    report = run_judge(load_settings())
    if as_json:
        print_json({**vars(report), "outcomes": dict(report.outcomes)})
        return
    for outcome, style in OUTCOME_STYLES.items():
        if report.outcomes[outcome]:
            out.print(f"{report.outcomes[outcome]:5} {outcome}", style=style)
    err.print(f"{report.claims} claims judged, {report.new_verdicts} new verdicts")


def run_judge(settings: Settings) -> JudgeReport:
    """Judge all claims."""
    with open_session(settings.url) as session:
        return judge_claims(session)


def publish(as_json: JsonFlag = False) -> None:
    """Write the DuckDB file and its Parquet twin; the old edition stays until the new is whole."""
    report = run_publish(load_settings(), find_encoder())
    if as_json:
        print_json({"file": str(report.file), "is_new": report.is_new})
        return
    state = "published" if report.is_new else "already published"
    err.print(f"{state}: {report.file}")


def run_publish(settings: Settings, encoder: NamedEncoder | None = None) -> PublishReport:
    """Publish what the database holds; with an encoder, claims can be searched by meaning."""
    home = settings.home.resolve()
    with open_session(settings.url) as session, make_progress() as progress:
        task = progress.add_task("publish", total=len(TABLES) + 1)
        if encoder is not None:
            known = home / "published" / "current"
            encoder = KnownVectors(encoder, known, _make_teller(progress))

        def collect(read: duckdb_file.ReadTable) -> dict[str, Any]:
            def read_next(table: type[Table]) -> Iterable[Batch]:
                yield from read(table)
                progress.advance(task)

            return duckdb_file.collect_tables(read_next, encoder)

        export = Export(
            duckdb_file.FILE_NAME,
            collect,
            duckdb_file.compute_digest,
            partial(duckdb_file.write_published, encoder=encoder),
        )
        report = publish_edition(session, home, export)
        progress.advance(task)
        return report


def _make_teller(progress: Progress) -> Callable[[int, int], None]:
    task = progress.add_task("encode wordings", total=None, visible=False)
    return lambda done, total: progress.update(task, completed=done, total=total, visible=True)


def find_encoder() -> SentenceEncoder | None:
    """Return the sentence embeddings, or tell that the search by meaning is left out."""
    try:
        find_folder()
    except UserError as error:
        err.print(f"publish: without search by meaning, since {error}", soft_wrap=True)
        return None
    return SentenceEncoder()
