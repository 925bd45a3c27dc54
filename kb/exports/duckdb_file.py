"""The published file: every table and view in one DuckDB file, and the tables as Parquet."""

import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer

from kb.domain.ids import make_canonical_json
from kb.exports import (
    claim_attributions,
    claim_groups,
    claim_histories,
    memory_needs,
    parameter_parts,
)
from kb.exports.partitions import PARTITIONS, write_partitioned
from kb.exports.schema_versions import CURRENT
from kb.exports.views import VIEWS
from kb.store.judgements import make_row_groups
from kb.tables import (
    TABLES,
    Claim,
    Judgement,
    Measurement,
    Model,
    Reading,
    Release,
    Sighting,
    Snapshot,
)
from kb.tables.base import Table, UtcDateTime, get_columns, get_name

SCHEMA_VERSION = CURRENT.number
FILE_NAME = "as_claimed.duckdb"
DERIVED = (claim_groups, claim_attributions, claim_histories, parameter_parts, memory_needs)
ReadTable = Callable[[type[Table]], Sequence[Any]]


class Derived(Protocol):
    """A module that makes a table which follows from others."""

    NAME: str
    COMMENT: str
    COLUMNS: dict[str, str]


def collect_tables(read: ReadTable) -> dict[str, pa.Table]:
    """Return every table as Arrow, in the order of its primary key, and what follows from them."""
    rows = {table: read(table) for table in TABLES}
    tables = {get_name(table): _as_arrow(table, rows[table]) for table in TABLES}
    claims = rows[Claim]
    groups = make_row_groups(claims, rows[Judgement])
    tables[claim_groups.NAME] = claim_groups.make_claim_groups(claims, groups)
    tables[claim_attributions.NAME] = claim_attributions.make_claim_attributions(
        claims, rows[Measurement], rows[Model]
    )
    tables[claim_histories.NAME] = claim_histories.make_claim_histories(
        claims, rows[Sighting], rows[Snapshot], rows[Reading], groups
    )
    tables[parameter_parts.NAME] = parameter_parts.make_parameter_parts(rows[Release])
    tables[memory_needs.NAME] = memory_needs.make_memory_needs(rows[Release])
    return tables


def compute_digest(tables: dict[str, pa.Table]) -> str:
    """Return the SHA-256 of all rows and of the views: equal content, equal digest."""
    digest = hashlib.sha256(f"schema {SCHEMA_VERSION}".encode())
    for view in VIEWS:
        digest.update(view.query.encode())
    for name, table in tables.items():
        digest.update(name.encode())
        for row in table.to_pylist():
            digest.update(make_canonical_json(row).encode())
    return digest.hexdigest()


def write_published(folder: Path, tables: dict[str, pa.Table], digest: str) -> dict[str, Any]:
    """Fill `folder` with the DuckDB file, `parquet/` and `manifest.json`; return the manifest."""
    (folder / "parquet").mkdir()
    manifest = _make_manifest(tables, digest)
    with duckdb.connect(str(folder / FILE_NAME)) as connection:
        for table in TABLES:
            _write_table(connection, folder, table, tables[get_name(table)])
        for derived in DERIVED:
            _write_derived(connection, folder, derived, tables[derived.NAME])
        for name, partition in PARTITIONS.items():
            write_partitioned(connection, folder / "parquet", name, partition)
        for view in VIEWS:
            connection.execute(f"create view {view.name} as {view.query}")
            _comment(connection, f"view {view.name}", view.comment)
        about = [[key, json.dumps(value)] for key, value in manifest.items()]
        connection.execute("create table about (key varchar, value json)")
        connection.executemany("insert into about values (?, ?)", about)
        _comment(connection, "table about", "What this file is: schema version, data date, counts.")
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    return manifest


def _make_manifest(tables: dict[str, pa.Table], digest: str) -> dict[str, Any]:
    times = [
        value
        for name, column in (
            ("snapshot", "fetched_at"),
            ("measurement", "measured_at"),
            ("verdict", "judged_at"),
            ("judgement", "judged_at"),
            ("battle", "judged_at"),
        )
        for value in tables[name][column].to_pylist()
        if value is not None
    ]
    return {
        "schema_version": SCHEMA_VERSION,
        "schema_changes": {"changed": CURRENT.changes, "removed": dict(CURRENT.removed)},
        "data_date": f"{max(times).isoformat()}Z" if times else None,
        "digest": digest,
        "rows": {name: table.num_rows for name, table in tables.items()},
    }


def _write_table(
    connection: duckdb.DuckDBPyConnection, folder: Path, table: type[Table], data: pa.Table
) -> None:
    name = get_name(table)
    columns = [
        f"cast({column.name} as json) as {column.name}"
        if isinstance(column.type, JSON)
        else column.name
        for column in get_columns(table)
    ]
    _fill(connection, folder, name, columns, data)
    _comment(connection, f"table {name}", (table.__doc__ or "").splitlines()[0])
    for column in get_columns(table):
        description = table.model_fields[column.name].description or ""
        _comment(connection, f"column {name}.{column.name}", description)


def _write_derived(
    connection: duckdb.DuckDBPyConnection, folder: Path, derived: Derived, data: pa.Table
) -> None:
    _fill(connection, folder, derived.NAME, list(derived.COLUMNS), data)
    _comment(connection, f"table {derived.NAME}", derived.COMMENT)
    for column, words in derived.COLUMNS.items():
        _comment(connection, f"column {derived.NAME}.{column}", words)


def _fill(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    columns: list[str],
    data: pa.Table,
) -> None:
    """Make a table of `data` in the file, and its twin in Parquet if that is one file."""
    connection.register("incoming", data)
    wanted = ", ".join(columns)
    connection.execute(f"create table {name} as select {wanted} from incoming")  # noqa: S608
    connection.unregister("incoming")
    if name in PARTITIONS:
        return
    target = folder / "parquet" / f"{name}.parquet"
    quoted = str(target).replace("'", "''")
    connection.execute(f"copy {name} to '{quoted}' (format parquet, compression zstd)")


def _comment(connection: duckdb.DuckDBPyConnection, what: str, words: str) -> None:
    quoted = words.replace("'", "''")
    connection.execute(f"comment on {what} is '{quoted}'")


def _as_arrow(table: type[Table], rows: Sequence[Table]) -> pa.Table:
    columns = get_columns(table)
    data = {
        column.name: [_as_cell(column, getattr(row, column.name)) for row in rows]
        for column in columns
    }
    schema = pa.schema([(column.name, _arrow_type(column)) for column in columns])
    return pa.table(data, schema=schema)


def _as_cell(column: Column[Any], value: Any) -> Any:
    if isinstance(column.type, JSON):
        return None if value is None else make_canonical_json(value)
    if isinstance(column.type, UtcDateTime) and value is not None:
        return value.replace(tzinfo=None)  # plain UTC: readers need no time zone library
    return value


def _arrow_type(column: Column[Any]) -> pa.DataType:
    kind = column.type
    if isinstance(kind, UtcDateTime):
        return pa.timestamp("s")
    if isinstance(kind, Boolean):
        return pa.bool_()
    if isinstance(kind, Integer):
        return pa.int64()
    if isinstance(kind, Float):
        return pa.float64()
    if isinstance(kind, Date):
        return pa.date32()
    return pa.string()


def name_type(column: Column[Any]) -> str:
    """Return the DuckDB type of a column, in small letters."""
    if isinstance(column.type, JSON):
        return "json"
    names = {"timestamp[s]": "timestamp", "int64": "bigint", "date32[day]": "date"}
    kind = str(_arrow_type(column))
    return names.get(kind, kind.replace("string", "varchar").replace("bool", "boolean"))
