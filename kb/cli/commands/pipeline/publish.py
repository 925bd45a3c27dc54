"""`kb publish`: what the database holds as a DuckDB file and Parquet."""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from typing import Any

from rich.progress import Progress

from kb.cli.console import err, make_progress, print_json
from kb.cli.options import JsonFlag
from kb.domain.encoding import NamedEncoder
from kb.domain.errors import UserError
from kb.embeddings import SentenceEncoder, find_folder
from kb.exports import duckdb_file
from kb.exports.known_vectors import KnownVectors
from kb.settings import Settings, load_settings
from kb.stages.publish import Export, PublishReport, publish_edition
from kb.store.batches import Batch
from kb.store.database import open_session
from kb.tables import PUBLISHED
from kb.tables.base import Table


def publish(as_json: JsonFlag = False) -> None:
    """Write a new edition as a DuckDB file and Parquet files.

    The old edition stays until the new one is complete.
    """
    report = run_publish(load_settings(), find_encoder())
    if as_json:
        print_json({"file": str(report.file), "is_new": report.is_new})
        return
    state = "published" if report.is_new else "already published"
    err.print(f"{state}: {report.file}")


def run_publish(
    settings: Settings, encoder: NamedEncoder | None = None, *, shows_progress: bool = True
) -> PublishReport:
    """Publish what the database holds; with an encoder, claims can be searched by meaning."""
    home = settings.home.resolve()
    with open_session(settings.url) as session, make_progress(is_shown=shows_progress) as progress:
        task = progress.add_task("publish", total=len(PUBLISHED) + 1)
        if encoder is not None:
            known = home / "published" / "current"
            encoder = KnownVectors(encoder, known, _make_teller(progress))

        def collect(
            read: duckdb_file.ReadTable, unpublished: Mapping[str, Collection[str]]
        ) -> dict[str, Any]:
            def read_next(table: type[Table]) -> Iterable[Batch]:
                yield from read(table)
                progress.advance(task)

            return duckdb_file.collect_tables(read_next, encoder, unpublished)

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
    """Return the sentence embeddings, or None, with a note that search by meaning is left out."""
    try:
        find_folder()
    except UserError as error:
        err.print(f"publish: without search by meaning: {error}", soft_wrap=True)
        return None
    return SentenceEncoder()
