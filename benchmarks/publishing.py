"""Publishing a million claims beside a plain copy of the same tables."""

import shutil
import sqlite3
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import duckdb
import pyarrow as pa

from benchmarks.support.large_base import write_large_base
from benchmarks.support.measuring import Measured
from kb.cli.commands.pipeline.publish import run_publish
from kb.settings import Settings
from kb.tables import TABLES
from kb.tables.base import get_name

_CLAIMS = 1_000_000
_BATCH = 50_000


def measure_publish(claims: int = _CLAIMS, rounds: int = 3) -> Measured:
    """Publishing (read, derive, digest, DuckDB file, Parquet) against a copy into DuckDB alone.

    The copy is what one would write by hand: sqlite3 → Arrow → DuckDB, a batch at a time, no JSON
    checked, no comments, no Parquet. Best of some rounds each, taking turns.
    """
    with TemporaryDirectory() as folder:
        home = Path(folder)
        write_large_base(home / "kb.sqlite", claims, 0)
        ours, copied = [], []
        for _ in range(rounds):
            copied.append(_time_copy(home / "kb.sqlite", home / "copy.duckdb"))
            begun = perf_counter()
            run_publish(Settings(home=home))
            ours.append(perf_counter() - begun)
            shutil.rmtree(home / "published")
            (home / "published.duckdb").unlink()
    return Measured(
        median(ours), "s", "sqlite3 → Arrow → DuckDB copy", median(copied), rounds,
        {"claims": claims, "sightings": 2 * claims},
    )  # fmt: skip


def _time_copy(source: Path, target: Path) -> float:
    begun = perf_counter()
    with sqlite3.connect(source) as rows, duckdb.connect(str(target)) as copy:
        for table in map(get_name, TABLES):
            _copy_table(rows, copy, table)
    elapsed = perf_counter() - begun
    target.unlink()
    return elapsed


def _copy_table(rows: sqlite3.Connection, copy: duckdb.DuckDBPyConnection, table: str) -> None:
    cursor = rows.execute(f"select * from {table} order by 1")  # noqa: S608 (our own names)
    names = [column[0] for column in cursor.description]
    first = True
    while batch := cursor.fetchmany(_BATCH):
        columns = dict(zip(names, zip(*batch, strict=True), strict=True))
        copy.register("batch", pa.table({k: pa.array(v) for k, v in columns.items()}))
        verb = f"create table {table} as" if first else f"insert into {table}"
        copy.execute(f"{verb} select * from batch")  # noqa: S608
        copy.unregister("batch")
        first = False
