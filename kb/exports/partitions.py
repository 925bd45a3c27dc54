"""Parquet in folders by a key (Hive style), for the tables that grow large.

The key stands in the names of folders alone: without them a reader gets exactly the table, with
them (`hive_partitioning = true`) one more column to choose folders by. Files are written one after
the other in the order of ids, so that the same rows give the same bytes.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import duckdb

from kb.domain.claim_types import CLAIM_TYPES

_OTHER = "other"
_LONGEST = 100


@dataclass(frozen=True)
class Partition:
    """How a table is divided: the key's name, and the query of (id, its value)."""

    key: str
    query: str


_TYPES = ", ".join(f"'{claim_type.name}'" for claim_type in CLAIM_TYPES)
PARTITIONS: dict[str, Partition] = {
    # What was measured for a claim is of the claim's type; else the metric tells, if it is one.
    "measurement": Partition(
        "claim_type",
        f"""select x.id, coalesce(c.claim_type, case when split_part(x.metric, '.', 1) in ({_TYPES})
            then split_part(x.metric, '.', 1) end) as part
        from measurement x left join plan p on p.id = x.plan_id
        left join claim c on c.id = p.claim_id""",  # noqa: S608 (our own names)
    ),
    "trial": Partition(
        "model",
        """select t.id, c.model_id as part from trial t join plan p on p.id = t.plan_id
        join claim c on c.id = p.claim_id""",
    ),
}


def write_partitioned(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: str, partition: Partition
) -> None:
    """Write a table as `folder/table/key=value/part-0.parquet`; an empty one as one empty file."""
    connection.execute(f"create temp table parts as {partition.query}")
    rows = connection.execute("select distinct part from parts order by 1").fetchall()
    names: dict[str, list[str | None]] = {}
    for (value,) in rows or [(None,)]:
        names.setdefault(make_folder_name(value), []).append(value)
    for name, values in sorted(names.items()):
        target = folder / table / f"{partition.key}={name}"
        target.mkdir(parents=True)
        _write_part(connection, target / "part-0.parquet", table, values)
    connection.execute("drop table parts")


def _write_part(
    connection: duckdb.DuckDBPyConnection, target: Path, table: str, values: list[str | None]
) -> None:
    quoted = str(target).replace("'", "''")
    connection.execute("create or replace temp table wanted (part varchar)")
    connection.executemany("insert into wanted values (?)", [[value] for value in values])
    connection.execute(
        f"copy (select t.* from {table} t where t.id in (select p.id from parts p join wanted w "  # noqa: S608
        f"on w.part is not distinct from p.part) order by t.id) to '{quoted}' "
        "(format parquet, compression zstd)"
    )


def make_folder_name(value: str | None) -> str:
    """Return a value as the name of a folder: whatever was crawled, it leads nowhere else."""
    if value is None:
        return _OTHER
    return re.sub(r"[^A-Za-z0-9._-]", "-", value).strip(".")[:_LONGEST] or _OTHER
