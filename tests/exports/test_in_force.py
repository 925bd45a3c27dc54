"""What is in force is the same in Python and in SQL, however rows supersede and assert."""

import sqlite3
from dataclasses import dataclass
from random import Random

import duckdb
import pytest

from kb.domain.in_force.superseding import (
    CURRENT_VERDICTS,
    OUT_OF_FORCE,
    drop_superseded,
    find_out_of_force,
)


@dataclass
class Row:
    id: str
    supersedes_id: str | None = None


@dataclass
class Assertion:
    by_id: str
    row_id: str


def make_chains(random, prefix):
    """Up to eight chains of rows, each of which supersedes the one before."""
    rows = []
    for chain in range(random.randrange(8)):
        before = None
        for number in range(random.randrange(1, 5)):
            rows.append(Row(f"{prefix}_{chain}_{number}", before))
            before = rows[-1].id
    return random.sample(rows, len(rows))


def make_assertions(random, asserting):
    pairs = {(row.id, f"sgt_{random.randrange(30)}") for row in asserting for _ in range(3)}
    return [Assertion(*pair) for pair in sorted(pairs)]


def fill(base, assertions, **tables):
    for name, rows in tables.items():
        base.execute(f"create table {name} (id text, supersedes_id text)")
        for row in rows:
            base.execute(f"insert into {name} values (?, ?)", [*vars(row).values()])
    base.execute("create table assertion (by_id text, row_id text)")
    for row in assertions:
        base.execute("insert into assertion values (?, ?)", [row.by_id, row.row_id])


@pytest.mark.parametrize("connect", [duckdb.connect, sqlite3.connect])
@pytest.mark.parametrize("seed", range(12))
def test_python_and_sql_agree_on_what_is_in_force(seed, connect):
    random = Random(seed)
    readings, revisions = make_chains(random, "rdg"), make_chains(random, "rev")
    assertions = make_assertions(random, [*readings, *revisions])
    base = connect(":memory:")
    fill(base, assertions, reading=readings, revision=revisions, verdict=readings)
    gone = {row[0] for row in base.execute(OUT_OF_FORCE).fetchall()}
    verdicts = {row[0] for row in base.execute(CURRENT_VERDICTS).fetchall()}
    base.close()
    assert gone == find_out_of_force(assertions, [*readings, *revisions])
    assert verdicts == {row.id for row in drop_superseded(readings)}


def test_a_row_stays_as_long_as_one_that_asserts_it_is_in_force():
    versions = [Row("rev_1"), Row("rev_2", "rev_1"), Row("rdg_1")]
    rows = ("only_old", "both"), ("old_and_read",)
    assertions = [Assertion("rev_1", name) for name in (*rows[0], *rows[1])]
    assertions += [Assertion("rev_2", "both"), Assertion("rdg_1", "old_and_read")]
    assert find_out_of_force(assertions, versions) == {"only_old"}
