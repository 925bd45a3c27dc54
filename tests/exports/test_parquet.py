"""Parquet beside the published file: the same rows, in folders where a table grows large."""

import hashlib
import shutil

import duckdb
import pyarrow.dataset
import pyarrow.parquet
import pytest

from kb.exports.partitions import PARTITIONS, make_folder_name
from kb.settings import Settings
from tests.dashboard.sample_edition import make_edition
from tests.processes import kill_kb_when, run_kb


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A published edition."""
    return make_edition(tmp_path_factory.mktemp("parquet"))


def digest_all(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_table_reads_back_equal_by_duckdb_and_pyarrow(file):
    folder = file.resolve().parent / "parquet"
    with duckdb.connect(str(file), read_only=True) as base:
        tables = base.execute(
            "select table_name from duckdb_tables() where table_name <> 'about'"
        ).fetchall()
        assert len(tables) >= 22
        for (name,) in tables:
            path = folder / name if name in PARTITIONS else folder / f"{name}.parquet"
            glob = f"{path}/*/*.parquet" if name in PARTITIONS else str(path)
            wanted = base.execute(f"select * from {name} order by all").fetchall()
            twin = f"read_parquet('{glob}', hive_partitioning = false)"
            assert base.execute(f"select * from {twin} order by all").fetchall() == wanted
            # pyarrow knows no JSON type of DuckDB's: it reads the same text
            table = pyarrow.parquet.read_table(path, partitioning=None)
            base.register("twin", table)
            assert base.execute("select * from twin order by all").fetchall() == wanted
            base.unregister("twin")


def test_folders_choose_rows(file):
    folder = file.resolve().parent / "parquet"
    with duckdb.connect(str(file), read_only=True) as base:
        counted = base.execute(
            f"select claim_type, count(*) from read_parquet('{folder}/measurement/*/*.parquet', "
            "hive_partitioning = true) group by 1"
        ).fetchall()
        models = base.execute(
            "select replace(c.model_id, '/', '-'), count(*) from trial t "
            "join plan p on p.id = t.plan_id join claim c on c.id = p.claim_id group by 1"
        ).fetchall()
        total = base.execute("select count(*) from measurement").fetchall()[0][0]
        ratings = base.execute("select count(*) from measurement where metric = 'elo'").fetchall()
    counts = dict(counted)
    assert sum(counts.values()) == total
    assert counts["elo"] == ratings[0][0] > 10
    assert counts["context_length"] > 60  # scores by length were measured for such claims
    trials = pyarrow.dataset.dataset(folder / "trial", partitioning="hive")
    found = trials.to_table(columns=["id", "model"]).to_pydict()["model"]
    assert {name: found.count(name) for name in found} == dict(models)
    assert len(models) == 2


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("meta/llama-4", "meta-llama-4"),
        ("../../etc", "-..-etc"),
        ("..", "other"),
        ("", "other"),
        (None, "other"),
        ("a=b\x00\n", "a-b--"),
        ("x" * 500, "x" * 100),
    ],
)
def test_names_of_folders_lead_nowhere_else(value, name):
    assert make_folder_name(value) == name


def test_another_process_with_another_hash_seed_writes_the_same_bytes(file, tmp_path):
    database = Settings(home=file.parent).url
    editions = []
    for seed in ("1", "2"):
        home = Settings(home=tmp_path / seed, database_url=database)
        done = run_kb(home, "publish", KB_DATABASE_URL=database, PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        editions.append(digest_all(home.published / "current"))
    for edition in editions:
        del edition["as_claimed.duckdb"]  # its pages carry identifiers of the writer
    assert editions[0] == editions[1]
    assert len(editions[0]) > 25


@pytest.mark.parametrize("name", ["jsonl", "datapackage", "prov", "every-eval-ever"])
def test_exports_are_the_same_after_a_kill_and_with_another_hash_seed(file, tmp_path, name):
    home = Settings(home=file.parent)
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert run_kb(home, *_make_command(name, whole), PYTHONHASHSEED="1").returncode == 0
    kill_kb_when(home, lambda: any(tmp_path.glob(".killed*")), *_make_command(name, killed))
    if killed.exists():  # it was done before it could be killed
        shutil.rmtree(killed) if killed.is_dir() else killed.unlink()
    done = run_kb(home, *_make_command(name, killed), PYTHONHASHSEED="2")
    assert done.returncode == 0, done.stderr
    assert list(tmp_path.glob(".*")) == []
    assert read_all(killed) == read_all(whole)


def _make_command(name, to):
    return "export", "--format", name, "--to", str(to)


def read_all(path):
    return digest_all(path) if path.is_dir() else path.read_bytes()
