"""Whole tables as batches of plain rows: a fifth of the time and memory of mapped objects."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import JSON, String, cast
from sqlmodel import Session, select

from kb.tables.base import Table, get_columns

_BATCH = 20_000
Batch = Sequence[Sequence[Any]]


def read_batches(session: Session, table: type[Table]) -> Iterator[Batch]:
    """Yield the rows of a table in the order of its primary key, values in that of its columns.

    JSON comes as the text that is stored.
    """
    columns = get_columns(table)
    wanted: list[Any] = [
        cast(each, String) if isinstance(each.type, JSON) else each for each in columns
    ]
    statement: Any = select(*wanted).order_by(*(each for each in columns if each.primary_key))
    connection = session.connection()
    with connection.execution_options(yield_per=_BATCH).execute(statement) as result:
        yield from result.partitions(_BATCH)
