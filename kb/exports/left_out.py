"""What readers don't get: rows that were superseded, and what leads to such a row."""

from collections.abc import Collection, Mapping

import pyarrow as pa
import pyarrow.compute as pc

# Columns that lead to a row without which theirs tells nothing.
_NEEDED = {"verdict_evidence": {"verdict_id": "verdict", "measurement_id": "measurement"}}


def drop_unpublished(
    tables: dict[str, pa.Table], unpublished: Mapping[str, Collection[str]]
) -> dict[str, pa.Table]:
    """Return the tables without the rows whose ids are among `unpublished`, by table."""
    return {name: _drop(name, table, unpublished) for name, table in tables.items()}


def _drop(name: str, table: pa.Table, unpublished: Mapping[str, Collection[str]]) -> pa.Table:
    for column, of_table in {"id": name, **_NEEDED.get(name, {})}.items():
        ids = unpublished.get(of_table)
        if ids and column in table.column_names:
            gone = pc.is_in(table[column], pa.array(sorted(ids), pa.string()))
            table = table.filter(pc.invert(gone))
    return table.combine_chunks()
