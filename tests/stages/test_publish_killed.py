"""Publishing killed at any moment: a reader sees the old edition or the whole new one."""

import random

import duckdb
import pytest

from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.cli.commands.pipeline.publish import find_encoder, run_publish
from kb.settings import Settings
from tests.processes import kill_kb_when, run_kb


@pytest.mark.parametrize("moment", ["begun", "parquet", "manifest"])
def test_killed_and_run_again_ends_the_same(settings, records, moment, tmp_path):
    run_load(settings, records)
    run_publish(settings)
    before = read_edition(settings)
    run_judge(settings)
    kill_kb_when(settings, lambda: has_come(settings, moment), "publish")
    assert read_edition(settings)["claim"] == before["claim"]
    assert run_kb(settings, "publish").returncode == 0
    after = read_edition(settings)
    assert after["verdict"] == after["claim"] > 0
    quiet = Settings(home=tmp_path / "quiet", database_url=settings.url)
    run_publish(quiet, find_encoder())
    assert dump_edition(settings) == dump_edition(quiet)
    leftovers = list(settings.published.glob(".*.part"))
    assert leftovers == []


def has_come(settings, moment):
    building = list(settings.published.glob(".*.part"))
    if moment == "begun":
        return bool(building)
    pattern = "parquet/*.parquet" if moment == "parquet" else "manifest.json"
    return any(list(folder.glob(pattern)) for folder in building) or random.random() < 1e-5


def read_edition(settings):
    with duckdb.connect(str(settings.home / "published.duckdb"), read_only=True) as connection:
        return {
            table: connection.execute(f"select count(*) from {table}").fetchall()[0][0]
            for table in ("claim", "verdict")
        }


def dump_edition(settings):
    """Every row of every table and view, ordered; and the names of the Parquet files."""
    path = settings.home / "published.duckdb"
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables order by 1"
        ).fetchall()
        rows = {
            name: connection.execute(f"select * from {name} order by all").fetchall()
            for (name,) in names
        }
    parquet = settings.published / "current" / "parquet"
    return rows, sorted(str(path.relative_to(parquet)) for path in parquet.rglob("*.parquet"))
