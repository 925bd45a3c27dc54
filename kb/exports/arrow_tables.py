"""Rows of tables as Arrow, and back as rows where something follows from them."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer

from kb.domain.ids import make_canonical_json
from kb.tables.base import Table, UtcDateTime, get_columns

_REMEMBERED = 10_000


def make_arrow(table: type[Table], batches: Iterable[Sequence[Sequence[Any]]]) -> pa.Table:
    """Return the rows of a table, in their order; JSON as canonical text."""
    columns = get_columns(table)
    schema = pa.schema([(column.name, _arrow_type(column)) for column in columns])
    made = [_make_batch(columns, schema, rows) for rows in batches if rows]
    return pa.Table.from_batches(made, schema).combine_chunks()


def _make_batch(
    columns: list[Column[Any]], schema: pa.Schema, rows: Sequence[Sequence[Any]]
) -> pa.RecordBatch:
    values = zip(*rows, strict=True)
    arrays = [
        _make_array(column, field.type, cells)
        for column, field, cells in zip(columns, schema, values, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _make_array(column: Column[Any], kind: pa.DataType, cells: Sequence[Any]) -> pa.Array:
    if isinstance(column.type, JSON):
        return pa.array([None if cell is None else _as_canonical(cell) for cell in cells], kind)
    if isinstance(column.type, UtcDateTime):  # plain UTC: readers need no time zone library
        return pa.array(cells).cast(pa.timestamp("us")).cast(kind, safe=False)
    if isinstance(column.type, Boolean | Date):
        return pa.array(cells).cast(kind)
    return pa.array(cells, kind)


@lru_cache(_REMEMBERED)  # most cells of a column are alike
def _as_canonical(text: str) -> str | None:
    value = json.loads(text)
    return None if value is None else make_canonical_json(value)


def list_rows(table: type[Table], data: pa.Table) -> list[Any]:
    """Return rows with their columns as attributes, JSON as values; for what is not large."""
    wanted = [column for column in get_columns(table) if column.name in data.column_names]
    cells = [
        [None if cell is None else json.loads(cell) for cell in data[column.name].to_pylist()]
        if isinstance(column.type, JSON)
        else data[column.name].to_pylist()
        for column in wanted
    ]
    names = [column.name for column in wanted]
    rows = zip(*cells, strict=True)
    return [SimpleNamespace(**dict(zip(names, row, strict=True))) for row in rows]


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
