"""The entries of `make bench`, by name."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from gguf import GGUFReader
from sqlalchemy import insert
from sqlmodel import Session

from benchmarks.crawling import measure_crawl, measure_reading
from benchmarks.engine_speed import measure_engine
from benchmarks.extracting import measure_extraction
from benchmarks.ladder_cost import measure_anytime, measure_sprt
from benchmarks.linking_entry import measure_linking
from benchmarks.pages import measure_pages, measure_search
from benchmarks.publishing import measure_publish
from benchmarks.rating_coverage import measure_coverage
from benchmarks.ratings_speed import measure_arena_rank, measure_evalica
from benchmarks.starting import measure_start
from benchmarks.support.measuring import Measured, time_beside
from crawlers.sources.local_release.installed import find_installed
from kb.models.weight_headers import read_weight_facts
from kb.models.weight_headers.facts import read_header_bytes
from kb.store.database import make_engine
from kb.store.insert import insert_once, make_row
from kb.store.migrating import upgrade
from kb.tables import Source

_ROWS = 5000


def measure_header() -> Measured:
    """Reading a GGUF header: ours against the gguf library, on an installed release."""
    with tempfile.TemporaryDirectory() as home:
        path = find_installed(Path(home))[-1].weights
        return time_beside(
            lambda: read_weight_facts(read_header_bytes(path)),
            "gguf.GGUFReader",
            lambda: GGUFReader(path),
        )


def measure_insert() -> Measured:
    """Inserting rows once against a plain executemany of the same rows, on SQLite."""
    rows = [
        make_row(Source, id=f"src_{i}", url=f"https://a.example/{i}", publisher="A", kind="press")
        for i in range(_ROWS)
    ]
    return time_beside(
        lambda: _insert(rows, once=True), "plain executemany", lambda: _insert(rows, once=False)
    )


def _insert(rows: list[Source], once: bool) -> None:
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/kb.sqlite"
        upgrade(url)
        engine = make_engine(url)
        with Session(engine) as session:
            if once:
                insert_once(session, rows)
            else:
                values = [row.model_dump() for row in rows]
                session.connection().execute(insert(Source), values)
            session.commit()
        engine.dispose()


ENTRIES: dict[str, Callable[[], Measured]] = {
    "cli_start": measure_start,
    "gguf_header_vs_library": measure_header,
    "insert_once_vs_executemany": measure_insert,
    "crawl_pages_vs_scrapy": measure_crawl,
    "extract_docs": measure_extraction,
    "read_page_vs_crawl_page": measure_reading,
    "link_vs_encode": measure_linking,
    "context_tokens_anytime": measure_anytime,
    "context_tokens_sprt": measure_sprt,
    "elo_vs_arena_rank": measure_arena_rank,
    "elo_vs_evalica": measure_evalica,
    "elo_interval_coverage": measure_coverage,
    "engine_tokens_per_s": measure_engine,
    "publish_1m_vs_copy": measure_publish,
    "page_ms_100k_claims": measure_pages,
    "search_100k_ms": measure_search,
}
