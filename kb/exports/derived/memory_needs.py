"""The table of memory that a model takes at each prompt length, for releases of known shape."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from kb.models.architectures import Shape, ShapeError, make_shape
from kb.models.memory import Machine, find_gpu, find_precision, get_gpu_defaults, predict_need

NAME = "memory_need"
COMMENT = (
    "Predicted memory for serving one prompt on one GPU, by number format and prompt length: "
    "weights, KV cache, activations, the engine's own share. Computed, not measured."
)
COLUMNS = {
    "release_id": "The release.",
    "model_id": "The model it belongs to.",
    "hardware": "The hardware whose engine defaults are assumed.",
    "precision": "Number format of the weights.",
    "context_tokens": "Prompt length, in tokens.",
    "weights_bytes": "Bytes of the weights.",
    "cache_bytes": "Bytes of the KV cache.",
    "activation_bytes": "Working memory for one step, in bytes.",
    "overhead_bytes": "Bytes that the engine usually needs for itself.",
    "total_bytes": "The total, in bytes.",
    "usable_bytes": "The most memory that the engine uses, in bytes.",
}
_GPU = "NVIDIA H100"
_PRECISIONS = ("bf16", "fp8", "int4")
_LENGTHS = tuple(2**power for power in range(10, 25))  # 1,024 to 16,777,216
_SCHEMA = pa.schema(
    [
        (name, pa.string() if name in ("release_id", "model_id", "hardware", "precision")
         else pa.int64())
        for name in COLUMNS
    ]
)  # fmt: skip


def make_memory_needs(releases: Sequence[Any]) -> pa.Table:
    """Return a row for each release, precision and length; none for one without a shape."""
    rows = [row for release in releases for row in _make_rows(release)]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _make_rows(release: Any) -> Iterator[dict[str, Any]]:
    config = release.facts.get("config")
    if not isinstance(config, dict):
        return
    try:
        shape = make_shape(config)
    except ShapeError:
        return
    for figures in _predict(shape, Machine(find_gpu(_GPU))):
        yield {"release_id": release.id, "model_id": release.model_id, **figures}


def _predict(shape: Shape, machine: Machine) -> Iterator[dict[str, Any]]:
    engine = get_gpu_defaults(machine.gpu.memory_bytes)
    for precision in _PRECISIONS:
        for tokens in _LENGTHS:
            need = predict_need(shape, find_precision(precision), tokens, engine, machine.count)
            yield {
                "hardware": machine.name,
                "precision": precision,
                "context_tokens": tokens,
                **vars(need),
                "total_bytes": need.total_bytes,
                "usable_bytes": round(machine.memory_bytes * engine.usable_share),
            }
