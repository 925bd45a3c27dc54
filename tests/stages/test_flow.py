"""Load, judge, publish: twice adds nothing, on SQLite and on PostgreSQL."""

import json

import duckdb
import pytest
from sqlalchemy.exc import DBAPIError

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.cli.commands.pipeline.publish import run_publish
from kb.exports.partitions import PARTITIONS
from kb.records.files import RecordError
from kb.settings import Settings
from kb.store.database import open_session
from kb.store.reads import read_counts
from tests.dumps import dump


def run_all(settings, records):
    run_load(settings, records)
    run_judge(settings)
    return run_publish(settings)


def counts(settings):
    with open_session(settings.url) as session:
        return read_counts(session)


def test_twice_adds_nothing(settings, records):
    first = run_all(settings, records)
    before = counts(settings)
    again = run_all(settings, records)
    assert counts(settings) == before
    assert (first.is_new, again.is_new) == (True, False)
    assert before["claim"] >= 38


@pytest.mark.postgres
def test_postgres_holds_the_same_rows(settings, records, postgres_url, monkeypatch):
    here = run_all(settings, records)
    monkeypatch.setenv("KB_DATABASE_URL", postgres_url)
    elsewhere = Settings()
    run_init(elsewhere)
    there = run_all(elsewhere, records)
    assert dump(elsewhere.url) == dump(settings.url)
    for table in ("source", "claim", "trial", "measurement", "release"):
        published = (
            f"parquet/{table}/**/*.parquet" if table in PARTITIONS else f"parquet/{table}.parquet"
        )
        rows = [
            duckdb.sql(f"select * from '{report.folder / published}' order by all").fetchall()
            for report in (here, there)
        ]
        assert rows[0] == rows[1] != []


def test_older_duckdb_opens_the_file(settings, records):
    """The number of the storage format stands in the header; DuckDB 1.2 reads up to 65."""
    report = run_all(settings, records)
    header = report.file.read_bytes()[:20]
    assert header[8:12] == b"DUCK"
    assert int.from_bytes(header[12:20], "little") <= 65


def test_published_file_stands_alone(settings, records):
    run_all(settings, records)
    with duckdb.connect(str(settings.home / "published.duckdb"), read_only=True) as connection:
        rows = connection.sql("select * from claims_vs_reality").fetchall()
        seeds = connection.sql("select count(distinct seed) from claim").fetchall()[0][0]
        seen = connection.sql("select count(distinct claim_id) from sighting").fetchall()[0][0]
        bare = connection.sql(
            "select table_name, column_name from duckdb_columns() where comment is null "
            "and table_name in (select table_name from duckdb_tables() where table_name <> 'about')"
        ).fetchall()
        (gap,) = connection.sql(
            "select claimed_value, found_value, log10_claimed_over_found from claims_vs_reality "
            "where seed = 'S10'"
        ).fetchall()
    assert len(rows) == seen  # one that only a recorded run knows is shown when it was crawled
    assert seeds == 38
    assert bare == []
    assert gap == pytest.approx((400e9, 401_583_781_376, -0.001716), rel=1e-3)
    parquet = settings.home / "published" / "current" / "parquet" / "claim.parquet"
    assert (
        duckdb.sql(f"select count(*) from '{parquet}'").fetchall()[0][0]
        == counts(settings)["claim"]
    )
    path = settings.home / "published" / "current" / "manifest.json"
    manifest = json.loads(path.read_text())
    assert manifest["rows"]["claim"] == counts(settings)["claim"]


def test_a_damaged_base_is_told_and_nothing_is_published(settings, records):
    run_load(settings, records)
    with open_session(settings.url) as session:
        session.connection().exec_driver_sql("drop table battle")
        session.commit()
    with pytest.raises(DBAPIError, match="battle"):
        run_publish(settings)
    assert not (settings.home / "published.duckdb").exists()


def test_nothing_is_loaded_if_one_file_is_wrong(settings, records, tmp_path):
    folder = tmp_path / "records"
    folder.mkdir()
    for path in records.glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "zz.yaml").write_text("model: {name: X}\n")
    with pytest.raises(RecordError):
        run_load(settings, folder)
    assert counts(settings)["claim"] == 0
