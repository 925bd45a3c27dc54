"""Insert-once writes: a row whose id is there already is left as it is."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from kb.tables.base import Table

Row = TypeVar("Row", bound=Table)
_BATCH = 500


def make_row(table: type[Row], **values: Any) -> Row:
    """Return a validated row; SQLModel tables don't validate when constructed."""
    return table.model_validate(values)


def insert_once(session: Session, rows: Iterable[Table]) -> int:
    """Insert the rows whose primary key is not there yet; return how many were new.

    The caller commits. Rows go in by table in the order given, so parents come first.
    """
    added = 0
    by_table: dict[type[Table], list[dict[str, Any]]] = {}
    for row in rows:
        by_table.setdefault(type(row), []).append(row.model_dump())
    for table, values in by_table.items():
        for start in range(0, len(values), _BATCH):
            added += _insert_batch(session, table, values[start : start + _BATCH])
    return added


def _insert_batch(session: Session, table: type[Table], values: list[dict[str, Any]]) -> int:
    columns = table.__table__  # type: ignore[attr-defined]
    dialect = session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    keys = list(columns.primary_key.columns)
    statement = make(columns).on_conflict_do_nothing(index_elements=keys)
    result = session.connection().execute(statement.returning(*keys), values)
    return len(result.fetchall())
