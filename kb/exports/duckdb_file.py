"""The published file: every table and view in one DuckDB file, and the tables as Parquet."""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import JSON

from kb.domain.encoding import Encoder, NamedEncoder
from kb.exports import reviewed_tables
from kb.exports.arrow_digest import hash_column
from kb.exports.arrow_tables import make_arrow
from kb.exports.derived import claim_meanings, claims_vs_reality, verdict_sentences
from kb.exports.derived_tables import DERIVED, Derived, make_derived
from kb.exports.left_out import drop_unpublished
from kb.exports.partitions import PARTITIONS, write_partitioned
from kb.exports.reviewed_tables import find_standing, keep_reviewed
from kb.exports.schema.versions import CURRENT
from kb.exports.schema.views import VIEWS
from kb.tables import PUBLISHED
from kb.tables.base import Table, get_columns, get_name

ADDED = (verdict_sentences, reviewed_tables)  # columns that no table in the base has
SCHEMA_VERSION = CURRENT.number
FILE_NAME = "as_claimed.duckdb"
OPENED_BY = "v1.2.0"  # this DuckDB and every later one can open the file
NOTHING: Mapping[str, Collection[str]] = {}
ReadTable = Callable[[type[Table]], Iterable[Sequence[Sequence[Any]]]]


def collect_tables(
    read: ReadTable,
    encoder: NamedEncoder | None = None,
    unpublished: Mapping[str, Collection[str]] = NOTHING,
) -> dict[str, pa.Table]:
    """Return every table as Arrow, in the order of its primary key, and what follows from them.

    `encoder` is there to make claims findable by meaning; without one, they are not.
    `unpublished` are the ids of rows to leave out, by table.
    """
    tables = {get_name(table): make_arrow(table, read(table)) for table in PUBLISHED}
    tables[verdict_sentences.TABLE] = verdict_sentences.add_sentences(tables)
    everything = drop_unpublished(tables, unpublished)
    standing = find_standing(everything)
    reviewed = keep_reviewed(everything, standing)
    return reviewed | make_derived(reviewed, everything, standing, encoder)


def compute_digest(tables: dict[str, pa.Table]) -> str:
    """Return the SHA-256 of all rows and of the views: equal content, equal digest."""
    digest = hashlib.sha256(f"schema {SCHEMA_VERSION}".encode())
    for view in VIEWS:
        digest.update(view.query.encode())
    digest.update(claims_vs_reality.QUERY.encode())
    for name, table in tables.items():
        digest.update(f"{name} {table.num_rows}".encode())
        for column in table.column_names:
            digest.update(column.encode())
            hash_column(digest, table[column])
    return digest.hexdigest()


def write_published(
    folder: Path, tables: dict[str, pa.Table], digest: str, encoder: Encoder | None = None
) -> dict[str, Any]:
    """Fill `folder` with the DuckDB file, `parquet/` and `manifest.json`; return the manifest."""
    (folder / "parquet").mkdir()
    wordings = tables[claim_meanings.NAME]
    tables = tables | {claim_meanings.NAME: claim_meanings.add_vectors(wordings, encoder)}
    manifest = _make_manifest(tables, digest)
    config = {"storage_compatibility_version": OPENED_BY}
    with duckdb.connect(str(folder / FILE_NAME), config=config) as connection:
        for table in PUBLISHED:
            _write_table(connection, folder, table, tables[get_name(table)])
        for derived in DERIVED:
            _write_derived(connection, folder, derived, tables[derived.NAME])
        for name, partition in PARTITIONS.items():
            write_partitioned(connection, folder / "parquet", name, partition)
        for view in VIEWS:
            connection.execute(f"create view {view.name} as {view.query}")
            _comment(connection, f"view {view.name}", view.comment)
        _write_summary(connection, folder)
        about = [[key, json.dumps(value)] for key, value in manifest.items()]
        connection.execute("create table about (key varchar, value json)")
        connection.executemany("insert into about values (?, ?)", about)
        _comment(connection, "table about", "What this file is: schema version, data date, counts.")
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    return manifest


_MOMENTS = (
    ("snapshot", "fetched_at"),
    ("measurement", "measured_at"),
    ("verdict", "judged_at"),
    ("judgement", "judged_at"),
    ("battle", "judged_at"),
    ("vendor_reply", "accepted_at"),
    ("review_decision", "decided_at"),
)


def _make_manifest(tables: dict[str, pa.Table], digest: str) -> dict[str, Any]:
    newest = [pc.max(tables[name][column]).as_py() for name, column in _MOMENTS]
    times = [moment for moment in newest if moment is not None]
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
    json_columns = {column.name for column in get_columns(table) if isinstance(column.type, JSON)}
    json_columns |= {added.NAME for added in ADDED if added.KIND == "json" and name == added.TABLE}
    columns = [
        f"cast({column} as json) as {column}" if column in json_columns else column
        for column in data.column_names
    ]
    _fill(connection, folder, name, columns, data)
    _comment(connection, f"table {name}", (table.__doc__ or "").splitlines()[0])
    for column in get_columns(table):
        description = table.model_fields[column.name].description or ""
        _comment(connection, f"column {name}.{column.name}", description)
    for added in ADDED:
        if name == added.TABLE:
            _comment(connection, f"column {name}.{added.NAME}", added.WORDS)


def _write_derived(
    connection: duckdb.DuckDBPyConnection, folder: Path, derived: Derived, data: pa.Table
) -> None:
    _fill(connection, folder, derived.NAME, list(derived.COLUMNS), data)
    _describe(connection, derived)


def _write_summary(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    connection.execute(f"create table {claims_vs_reality.NAME} as {claims_vs_reality.QUERY}")
    _describe(connection, claims_vs_reality)
    _copy_out(connection, folder, claims_vs_reality.NAME)


def _describe(connection: duckdb.DuckDBPyConnection, derived: Derived) -> None:
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
    if name not in PARTITIONS:
        _copy_out(connection, folder, name)


def _copy_out(connection: duckdb.DuckDBPyConnection, folder: Path, name: str) -> None:
    target = folder / "parquet" / f"{name}.parquet"
    quoted = str(target).replace("'", "''")
    connection.execute(f"copy {name} to '{quoted}' (format parquet, compression zstd)")


def _comment(connection: duckdb.DuckDBPyConnection, what: str, words: str) -> None:
    quoted = words.replace("'", "''")
    connection.execute(f"comment on {what} is '{quoted}'")
