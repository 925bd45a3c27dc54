"""The fingerprint of the published schema: equal tables, columns, types and views, equal digest."""

import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from kb.domain.ids import make_canonical_json
from kb.exports.derived.claims_vs_reality import NAME, QUERY
from kb.exports.duckdb_file import FILE_NAME, collect_tables, write_published
from kb.exports.partitions import PARTITIONS
from kb.exports.schema.views import VIEWS


def compute_fingerprint() -> str:
    """Return the fingerprint of what the code publishes, by publishing an empty base."""
    with TemporaryDirectory() as folder:
        write_published(Path(folder), collect_tables(lambda _table: []), "")
        with duckdb.connect(str(Path(folder) / FILE_NAME), read_only=True) as connection:
            columns = connection.execute(
                "select table_name, column_name, data_type from duckdb_columns() "
                "where not internal order by table_name, column_index"
            ).fetchall()
    queries = {view.name: view.query for view in VIEWS} | {NAME: QUERY}
    views = {name: " ".join(query.split()) for name, query in queries.items()}
    folders = {name: partition.key for name, partition in PARTITIONS.items()}
    whole = make_canonical_json([columns, views, folders])
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


def list_names(connection: duckdb.DuckDBPyConnection) -> set[str]:
    """Return the tables, views and columns (table.column) of a published file."""
    rows = connection.execute(
        "select table_name, column_name from duckdb_columns() where not internal"
    ).fetchall()
    return {name for name, _ in rows} | {f"{table}.{column}" for table, column in rows}


if __name__ == "__main__":
    print(compute_fingerprint())
