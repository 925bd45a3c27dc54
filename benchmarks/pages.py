"""What the pages read at a hundred thousand claims, beside the queries they made before."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from unittest.mock import patch

import duckdb
from streamlit.testing.v1 import AppTest

from benchmarks.large_base import write_large_base
from benchmarks.measuring import Measured
from dashboard import published
from dashboard.claim_search import Filters, count_claims, read_matching
from dashboard.overview import read_gaps, read_overview, read_widest
from kb.cli.base import run_publish
from kb.settings import Settings

_CLAIMS, _MEASUREMENTS, _READERS, _ROUNDS = 100_000, 500_000, 20, 5
_CLAIM = "clm_0000000000000007"
_SEARCHES = ("licence window", "vendor 12", "tokens score", "elo rating", "model 2999")
_EVERYTHING = "select * from claims_vs_reality order by model, claim_id"


def measure_pages(claims: int = _CLAIMS, measurements: int = _MEASUREMENTS) -> Measured:
    """Server time to the whole front page, beside reading all claims into Python once.

    That read is what the front page began with before it counted in the file. Datasette does not
    read DuckDB files. The caches are emptied before each page. Notes tell of the claim page, and of
    what 20 readers at once wait for the reads of a page (the slowest of them).
    """
    with _publish(claims, measurements) as file:
        _open_page("front")  # imports
        front = [_time(lambda: _open_page("front")) for _ in range(_ROUNDS)]
        claim = [_time(lambda: _open_page("claim", id=_CLAIM)) for _ in range(_ROUNDS)]
        all_claims = [_time(lambda: _read_all(file)) for _ in range(_ROUNDS)]
        edition = published.find_edition(file)
        crowd = {
            "front page, its reads, 20 readers, slowest, ms": max(_crowd(_read_front, edition)),
            "claim page, its reads, 20 readers, slowest, ms": max(_crowd(_read_claim, edition)),
        }
    return Measured(
        1000 * median(front), "ms", "reading all claims into Python", 1000 * median(all_claims),
        _ROUNDS,
        {"claim page, ms": 1000 * median(claim), "claims": claims}
        | {name: 1000 * seconds for name, seconds in crowd.items()},
    )  # fmt: skip


def measure_search(claims: int = _CLAIMS) -> Measured:
    """Exact search (count and first hundred), beside a plain `ilike` on one column."""
    with _publish(claims, 0) as file:
        edition = published.find_edition(file)
        ours = [_time(lambda text=text: _search(edition, text)) for text in _SEARCHES]
        plain = [_time(lambda text=text: _search_plainly(file, text)) for text in _SEARCHES]
    return Measured(
        1000 * median(ours), "ms", "ilike on claimed_text", 1000 * median(plain), len(_SEARCHES),
        {"slowest, ms": 1000 * max(ours), "claims": claims},
    )  # fmt: skip


@contextmanager
def _publish(claims: int, measurements: int) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        home = Path(folder)
        write_large_base(home / "kb.sqlite", claims, measurements)
        with patch.dict(os.environ, {"KB_HOME": str(home)}):
            yield run_publish(Settings(home=home)).file


def _time(function: Callable[[], object]) -> float:
    published._read_once.cache_clear()
    return _time_warm(function)


def _time_warm(function: Callable[[], object]) -> float:
    begun = perf_counter()
    function()
    return perf_counter() - begun


def _crowd(read: Callable[[published.Edition], object], edition: published.Edition) -> list[float]:
    """Each of the readers finds the caches empty; they read at the same time."""
    published._read_once.cache_clear()
    with ThreadPoolExecutor(_READERS) as readers:
        return list(readers.map(lambda _: _time_warm(lambda: read(edition)), range(_READERS)))


def _read_front(edition: published.Edition) -> None:
    read_overview(edition)
    read_widest(edition, 5)
    read_gaps(edition, 12)
    published.read_about(edition)


def _read_claim(edition: published.Edition) -> None:
    published.read_claim(edition, _CLAIM)
    for read in (
        published.read_measurements, published.read_history, published.read_curve,
        published.read_depths, published.read_sightings, published.read_rating_series,
        published.read_changes, published.read_trials, published.read_battles,
    ):  # fmt: skip
        read(edition, _CLAIM)


def _open_page(page: str, **query: str) -> None:
    """Run a page as Streamlit's server does, without a browser."""
    app = AppTest.from_string(
        f"from dashboard.pages import {page}\n{page}.show_page()", default_timeout=300
    )
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    if app.exception:
        raise RuntimeError(app.exception[0].value)


def _read_all(file: Path) -> int:
    with duckdb.connect(str(file), read_only=True) as connection:
        return len(connection.sql(_EVERYTHING).to_arrow_table().to_pylist())


def _search(edition: published.Edition, text: str) -> None:
    filters = Filters(text=text)
    count_claims(edition, filters)
    read_matching(edition, filters, 100)


def _search_plainly(file: Path, text: str) -> None:
    words = [f"%{word}%" for word in text.split()]
    where = " and ".join("claimed_text ilike ?" for _ in words)
    with duckdb.connect(str(file), read_only=True) as connection:
        query = f"select * from claims_vs_reality where {where} limit 100"  # noqa: S608
        connection.execute(query, words).fetchall()
