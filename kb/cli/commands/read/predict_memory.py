"""`kb predict-memory`: what a model needs in memory, from its config."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kb.cli.console import as_plain_text, out, print_json
from kb.cli.options import JsonFlag
from kb.cli.weights import ConfigFile, Weights, load_weights
from kb.domain.errors import UserError
from kb.models.architectures import Shape, ShapeError, make_shape
from kb.models.memory import (
    Machine,
    MemoryNeed,
    find_gpu,
    find_longest,
    find_precision,
    get_gpu_defaults,
    predict_need,
)

_GIB = 1024**3


def predict_memory(
    path: Weights,
    gpu: Annotated[str, typer.Option(help="A known GPU, such as H100.")] = "H100",
    count: Annotated[int, typer.Option(min=1, max=1024, help="How many of them.")] = 1,
    precision: Annotated[
        list[str] | None, typer.Option(help="bf16, fp8, int8, int4, mxfp4; may be repeated.")
    ] = None,
    tokens: Annotated[int, typer.Option(min=1, help="Prompt length to predict for.")] = 8192,
    config: ConfigFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Predict a model's memory and the longest prompt that fits.

    One row per precision: weights, KV cache, activations and the engine's own share, with vLLM's
    defaults. The longest prompt is given as two bounds: for an engine that caches the whole prompt
    in every layer, and for one that keeps only the window in layers with a sliding window.

    Example: kb predict-memory config.json --gpu H100 --precision int4
    """
    files, machine = load_weights(path, config), Machine(find_gpu(gpu), count)
    shape = _make_shape(path, files.config)
    names = precision or ["bf16", "fp8", "int4"]
    rows = [_predict(shape, machine, name, tokens) for name in names]
    if as_json:
        print_json({"machine": machine.name, "source": machine.gpu.source, "rows": rows})
    else:
        _print_rows(machine, rows)


def _make_shape(path: Path, config: Mapping[str, Any] | None) -> Shape:
    if config is None:
        raise UserError(f"{path}: no config describes its shape; give one with --config")
    try:
        return make_shape(config)
    except ShapeError as error:
        raise UserError(f"{path}: {error}") from None


def _predict(shape: Shape, machine: Machine, name: str, tokens: int) -> dict[str, Any]:
    precision, engine = find_precision(name), get_gpu_defaults(machine.gpu.memory_bytes)
    need: MemoryNeed = predict_need(shape, precision, tokens, engine, machine.count)
    longest = find_longest(shape, precision, machine.memory_bytes, engine, machine.count)
    return {
        "precision": precision.name,
        "tokens": tokens,
        **vars(need),
        "total_bytes": need.total_bytes,
        "usable_bytes": round(machine.memory_bytes * engine.usable_share),
        "longest_tokens": longest.value,
        "longest_low": longest.low,
        "longest_high": longest.high,
    }


def _print_rows(machine: Machine, rows: list[dict[str, Any]]) -> None:
    heads = (
        "precision",
        "weights",
        "KV cache",
        "activations",
        "engine",
        "total",
        "usable",
        "longest",
    )
    table = Table(*heads, title=as_plain_text(f"GiB on {machine.name}"))
    keys = ("weights_bytes", "cache_bytes", "activation_bytes", "overhead_bytes", "total_bytes",
            "usable_bytes")  # fmt: skip
    for row in rows:
        sizes = (f"{row[key] / _GIB:,.1f}" for key in keys)
        longest = f"{row['longest_tokens']:,} ({row['longest_low']:,} to {row['longest_high']:,})"
        table.add_row(row["precision"], *sizes, longest)
    out.print(table)
