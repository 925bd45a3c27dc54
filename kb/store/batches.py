"""Whole tables as batches of plain rows: a tenth of the time and memory of mapped objects."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import JSON, Connection, String, cast
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, select

from kb.tables.base import Table, get_columns

_BATCH = 20_000
Batch = Sequence[Sequence[Any]]


def read_batches(session: Session, table: type[Table]) -> Iterator[Batch]:
    """Yield the rows of a table in the order of its primary key, values in that of its columns.

    Values are as the driver gives them: JSON as the text that is stored, times and days as
    ISO text (SQLite, UTC) or as objects (PostgreSQL), booleans as such or as 0 and 1.
    """
    columns = get_columns(table)
    wanted: list[Any] = [
        cast(column, String) if isinstance(column.type, JSON) else column for column in columns
    ]
    statement: Any = select(*wanted).order_by(*(column for column in columns if column.primary_key))
    connection = session.connection()
    words = str(statement.compile(connection))
    failure: Any = connection.dialect.loaded_dbapi.Error
    try:
        with closing(_open_cursor(connection)) as cursor:
            cursor.execute(words)
            while rows := cursor.fetchmany(_BATCH):
                yield rows
    except failure as error:
        raise DBAPIError.instance(words, None, error, failure) from error


def _open_cursor(connection: Connection) -> Any:
    """A cursor of the driver: SQLAlchemy's rows would cost as much as reading them does."""
    driver = connection.connection
    streams = connection.dialect.name == "postgresql"  # without a name it reads all rows at once
    return driver.cursor(name="batches") if streams else driver.cursor()
