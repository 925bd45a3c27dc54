"""The table of parameters by what they do, for each release whose config is known."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from kb.models.architectures import Role, ShapeError, make_shape

NAME = "parameter_part"
COMMENT = (
    "Parameters of a release by what they do, counted from the architecture its config declares."
)
COLUMNS = {
    "release_id": "The release.",
    "model_id": "The model it belongs to.",
    "role": "What the parameters do: embedding, attention, experts …",
    "parameters": "How many there are.",
    "used_per_token": "How many of them take part in producing one token.",
    "tensors": "In how many tensors.",
}
_UNUSED = frozenset({Role.VISION, Role.PREDICTION})
_SCHEMA = pa.schema(
    [(name, pa.string()) for name in ("release_id", "model_id", "role")]
    + [(name, pa.int64()) for name in ("parameters", "used_per_token", "tensors")]
)


def make_parameter_parts(releases: Sequence[Any]) -> pa.Table:
    """Return one row for each role in each release; none for a release without a shape."""
    rows = [row for release in releases for row in _make_rows(release)]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _make_rows(release: Any) -> list[dict[str, Any]]:
    config = release.facts.get("config")
    if not isinstance(config, dict):
        return []
    try:
        parts = make_shape(config).parts
    except ShapeError:
        return []
    rows: dict[Role, dict[str, Any]] = {}
    for part in parts:
        row = rows.setdefault(
            part.role,
            {"release_id": release.id, "model_id": release.model_id, "role": part.role.value,
             "parameters": 0, "used_per_token": 0, "tensors": 0},
        )  # fmt: skip
        row["parameters"] += part.elements
        row["used_per_token"] += (
            0 if part.role in _UNUSED else part.elements * part.used // part.copies
        )
        row["tensors"] += 1
    return [rows[role] for role in Role if role in rows]
