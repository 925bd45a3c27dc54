"""Read a published edition to export it: its facts, and rows as a stream."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from kb.domain.errors import UserError

Row = dict[str, Any]
_BATCH = 2000


class EditionReader:
    """A published file that is open, read-only."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
        self._connection = connection
        self.folder = folder
        found = connection.execute("select key, value from about").fetchall()
        self.about: dict[str, Any] = {key: json.loads(value) for key, value in found}

    @property
    def date(self) -> str:
        """The newest moment in the data, ISO 8601; it stands for the time of an export."""
        return str(self.about["data_date"] or "1970-01-01T00:00:00Z")

    def read(self, query: str, *values: object) -> Iterator[Row]:
        """Yield the rows of a query, a batch at a time."""
        cursor = self._connection.cursor().execute(query, list(values))
        names = [column[0] for column in cursor.description or ()]
        while rows := cursor.fetchmany(_BATCH):
            yield from (dict(zip(names, row, strict=True)) for row in rows)

    def read_comments(self) -> Iterator[Row]:
        """Yield every column of every table with its type and what it means."""
        return self.read(
            "select table_name, column_name, data_type, comment from duckdb_columns() "
            "where not internal and comment is not null order by table_name, column_index"
        )

    def read_tables(self) -> Iterator[Row]:
        """Yield every table with what it holds."""
        return self.read(
            "select table_name, comment, estimated_size as rows from duckdb_tables() "
            "where not internal and comment is not null and table_name <> 'about' order by 1"
        )


@contextmanager
def open_edition(file: Path) -> Iterator[EditionReader]:
    """Open the published file that `file` leads to.

    Raises UserError when nothing is published there.
    """
    if not file.exists():
        raise UserError(f"nothing is published at {file}; run `kb publish` first")
    path = file.resolve()
    with duckdb.connect(str(path), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        yield EditionReader(connection, path.parent)
