"""What all tables share: metadata with a naming convention, UTC times, JSON columns."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, Column, DateTime, Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

METADATA = SQLModel.metadata
METADATA.naming_convention = NAMING_CONVENTION


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC: a naive one is refused on the way in, an aware one comes back out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn `value` to UTC; raise ValueError when it has no zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; times are stored in UTC")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's naive times their zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


JsonObject = dict[str, Any]
JSON_COLUMN = JSON
NULLABLE_JSON_COLUMN = JSON(none_as_null=True)  # else None would be stored as the JSON null


class Table(SQLModel):
    """Base of all tables."""


def get_name(table: type[Table]) -> str:
    """Return the name of a table."""
    return str(table.__tablename__)


def get_columns(table: type[Table]) -> list[Column[Any]]:
    """Return the columns of a table, in order."""
    return list(table.metadata.tables[get_name(table)].columns)


def now_utc() -> datetime:
    """Return this moment in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
