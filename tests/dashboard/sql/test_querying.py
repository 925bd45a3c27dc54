"""SQL from strangers: an answer within bounds, or a refusal; never another file, never a hang."""

import shutil
import threading
import time
from pathlib import Path

import pytest

from dashboard.pages.evidence.query import write_csv
from dashboard.reads.published import Edition
from dashboard.sql.query_worker import MOST_ROWS, TABLE_FUNCTIONS
from dashboard.sql.querying import QueryResult, ask_sql
from kb.domain.errors import UserError

ONE_SELECT = "only a single SELECT statement is allowed"
REFUSED = {
    "select * from read_csv('/etc/passwd')": "read_csv is not allowed",
    "select (select max(content) from read_text('/etc/passwd'))": "read_text is not allowed",
    "with a as (select * from glob('/*')) select * from a": "glob is not allowed",
    "select 1 union all select count(*) from sniff_csv('/etc/passwd')": "sniff_csv is not",
    "from claim, lateral (select * from read_blob('/etc/passwd'))": "read_blob is not allowed",
    "select * from arrow_scan(1, 2, 3)": "arrow_scan is not allowed",
    "select * from pandas_scan(1)": "pandas_scan is not allowed",
    "select * from query('select 1')": "query is not allowed",
    "select * from json_execute_serialized_sql('x')": "json_execute_serialized_sql is not",
    "select * from enable_logging()": "enable_logging is not allowed",
    "select * from duckdb_secrets()": "duckdb_secrets is not allowed",
    "select * from duckdb_settings()": "duckdb_settings is not allowed",
    "select * from '/etc/passwd'": "does not exist",
    "select * from 'https://example.org/x.parquet'": "operations are disabled",
    "select * from sys": "does not exist",
    "select getenv('HOME')": "does not exist",
    "copy (select 1) to '/tmp/as-claimed-test.csv'": ONE_SELECT,
    "copy claim to '/tmp/as-claimed-test.parquet'": ONE_SELECT,
    "export database '/tmp/as-claimed-test'": ONE_SELECT,
    "attach '/tmp/as-claimed-test.duckdb'": ONE_SELECT,
    "install httpfs": ONE_SELECT,
    "load httpfs": ONE_SELECT,
    "pragma enable_profiling": ONE_SELECT,
    "set memory_limit = '64GB'": ONE_SELECT,
    "set enable_external_access = true": ONE_SELECT,
    "create table t as select 1": ONE_SELECT,
    "insert into claim select * from claim": ONE_SELECT,
    "drop table claim": ONE_SELECT,
    "checkpoint": ONE_SELECT,
    "explain analyze select 1": ONE_SELECT,
    "call force_checkpoint()": ONE_SELECT,
    "select 1; drop table claim": ONE_SELECT,
    "": ONE_SELECT,
    "select": "without selection list",
    "select repeat('x', 1000000000)": "Memory",
    "select list(x) from range(1000000000) t(x)": "Memory",
    "select count(*) from range(10000000000) a, range(100000000) b": "Memory",
    f"select {'(' * 4000}1{')' * 4000}": "",
    "select " + "1," * 6000 + "1": "at most 10,000 characters",
}


@pytest.mark.parametrize("sql", REFUSED)
def test_it_is_refused_within_bounds(edition: Edition, sql: str) -> None:
    with pytest.raises(UserError, match="(?i)" + REFUSED[sql]):
        ask_sql(edition, sql)
    assert not list(Path("/tmp").glob("as-claimed-test*"))


@pytest.mark.parametrize(
    "sql",
    [
        "with recursive r(n) as (select 1 union all select n + 1 from r) select count(*) from r",
        "select count(*) from claim a, claim b, claim c, claim d, claim e, claim f, claim g",
    ],
)
def test_what_never_ends_is_ended(edition: Edition, sql: str) -> None:
    began = time.monotonic()
    with pytest.raises(UserError, match=r"longer than 1 s|Memory|too much memory"):
        ask_sql(edition, sql, time_s=1)
    assert time.monotonic() - began < 10


def test_common_questions_are_answered(edition: Edition) -> None:
    answer = ask_sql(edition, "select seed, outcome from claims_vs_reality where seed = 'S09'")
    assert answer == QueryResult(["seed", "outcome"], [["S09", "wrong_artefact"]], True)
    assert ["claim"] in ask_sql(edition, "show tables").rows
    assert ask_sql(edition, "select conditions->>'$.board' from claim").rows
    assert ask_sql(edition, "select null, date '2026-01-02'").rows == [[None, "2026-01-02"]]
    for name in sorted(TABLE_FUNCTIONS - {"unnest"}):
        given = "3" if name in ("range", "generate_series") else ""
        assert ask_sql(edition, f"select count(*) from {name}({given})").rows


def test_a_long_answer_is_cut_and_says_so(edition: Edition) -> None:
    answer = ask_sql(edition, "select * from range(100000)")
    assert (len(answer.rows), answer.is_whole) == (MOST_ROWS, False)
    wide = ask_sql(edition, "select repeat('x', 100000) from range(10)")
    assert {len(row[0] or "") for row in wide.rows} == {2000}


def test_hostile_words_in_an_answer_stay_text() -> None:
    answer = QueryResult(["=cmd()"], [["=HYPERLINK(1)"], ["+1"], ["@x"], [None]], True)
    for line in write_csv(answer).splitlines():
        assert line[:1] not in ("=", "+", "@", "-")


def test_many_at_once_wait_or_are_told(edition: Edition) -> None:
    told: list[str] = []

    def ask() -> None:
        try:
            told.append(ask_sql(edition, "select 1").rows[0][0] or "")
        except UserError as error:
            told.append(str(error))

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(told) <= {"1", "others are asking just now; try again in a moment"}
    assert "1" in told


def test_a_question_does_not_hold_the_file(edition: Edition, tmp_path: Path) -> None:
    """A writer may put another file in its place while a question runs."""
    ended: list[str] = []
    own = Edition(tmp_path / "own.duckdb", edition.stamp)
    shutil.copy(edition.path, own.path)

    def ask() -> None:
        try:
            ask_sql(own, "with recursive r(n) as (select 1 union all select n + 1 from r) "
                    "select count(*) from r", time_s=3)  # fmt: skip
        except UserError as error:
            ended.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.5)
    twin = Path(shutil.copy(own.path, tmp_path / "twin.duckdb"))
    twin.replace(own.path)
    assert ask_sql(own, "select 1").rows == [["1"]]
    thread.join()
    assert ended
