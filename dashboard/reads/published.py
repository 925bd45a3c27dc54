"""The published file, read-only: the one module that opens it, but for strangers' SQL.

Each read opens the file, reads and closes it, and a page keeps it open while it is made; no lock
outlives a page and no writer is waited on. An edition never changes once it is published, so its
reads are remembered; when the link points at another file, `find_edition` says so and the next
reads go there.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from kb.domain.errors import UserError

Row = dict[str, Any]
Value = str | tuple[str, ...]  # of a query; several stand for a list
_JSON_COLUMNS = frozenset(
    ("conditions", "aliases", "not_the_same_as", "facts", "parameters", "settings", "numbers",
     "headers", "about_value", "expected", "verdicts", "parts", "says",
     "review")
)  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """One published file: where it lies now, and what tells it from another."""

    path: Path
    stamp: tuple[int, int, int]


def find_edition(link: Path) -> Edition:
    """Return the file that `link` points at; raise UserError when there is none."""
    try:
        path = link.resolve(strict=True)
        status = path.stat()
    except OSError:
        raise UserError(
            f"nothing is published at {link}; run `kb run` (everything) or `kb publish` first"
        ) from None
    return Edition(path, (status.st_ino, status.st_mtime_ns, status.st_size))


@contextmanager
def keep_open(link: Path) -> Iterator[None]:
    """Keep the file that `link` points at open: reads meanwhile need not read its catalogue.

    A plain file in the link's place may be replaced by another, and is not held: DuckDB would
    go on with the old one as long as anybody has it open.
    """
    with ExitStack() as stack:
        if not link.is_symlink():
            yield
            return
        with suppress(UserError, duckdb.IOException):  # reads tell of it in their own words
            stack.enter_context(_open(find_edition(link)))
        yield


def read_about(edition: Edition) -> Row:
    """What this edition is: schema version, data date, digest, number of rows by table."""
    rows = read_rows(edition, "select key, value as about_value from about")
    return {row["key"]: row["about_value"] for row in rows}


def read_rows(edition: Edition, query: str, *values: Value) -> list[Row]:
    """The rows of a query, as dictionaries; the long queries have modules of their own."""
    return [dict(row) for row in _read_once(edition, query, values)]


def read_afresh(edition: Edition, query: str, *values: Value) -> list[Row]:
    """As `read_rows`, and not remembered: for what is long and asked for seldom."""
    return list(_read(edition, query, values))


@lru_cache(maxsize=256)
def _read_once(edition: Edition, query: str, values: tuple[Value, ...]) -> tuple[Row, ...]:
    return _read(edition, query, values)


def _read(edition: Edition, query: str, values: tuple[Value, ...]) -> tuple[Row, ...]:
    try:
        with _open(edition) as connection:
            table = connection.sql(query, params=list(values)).to_arrow_table()
    except duckdb.IOException as error:
        raise UserError(f"the published file cannot be read just now: {error}") from error
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise UserError(
            f"the published file was made by another version; run `kb publish` ({error})"
        ) from error
    return tuple({k: _as_value(k, v) for k, v in row.items()} for row in table.to_pylist())


def _open(edition: Edition) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(edition.path), read_only=True)


def _as_value(column: str, value: Any) -> Any:
    if column in _JSON_COLUMNS and isinstance(value, str):
        return json.loads(value)
    if isinstance(value, datetime):  # the file's times are UTC, with the zone or without
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value
