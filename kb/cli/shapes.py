"""Subcommands `kb count-params` and `kb predict-memory`: what a release's own files tell."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kb.cli.base import JsonFlag
from kb.cli.console import as_plain_text, out, print_json
from kb.domain.errors import UserError
from kb.models.architectures import (
    Count,
    PackedError,
    Shape,
    ShapeError,
    count_shape,
    count_tensors,
    make_shape,
)
from kb.models.memory import (
    Machine,
    MemoryNeed,
    find_gpu,
    find_longest,
    find_precision,
    get_gpu_defaults,
    predict_need,
)
from kb.store.weight_files import WeightFiles, load_config, load_weight_files

_GIB = 1024**3
Weights = Annotated[
    Path, typer.Argument(help="A GGUF or safetensors file, a folder of them, or a config.json.")
]
ConfigFile = Annotated[
    Path | None, typer.Option("--config", help="The config.json, where it lies elsewhere.")
]


def register(app: typer.Typer) -> None:
    """Add these subcommands."""
    app.command("count-params")(count_params)
    app.command("predict-memory")(predict_memory)


def count_params(path: Weights, config: ConfigFile = None, as_json: JsonFlag = False) -> None:
    """Count a model's parameters from the headers of its weights, exactly, by what they do.

    Packed weights (GPTQ, AWQ, MXFP4, NVFP4, bitsandbytes) are counted by the numbers they stand
    for. How many are active a token is said where the config names a known architecture. From a
    config.json alone the counts are computed from the shape it declares.

    Example: kb count-params model.safetensors --config config.json
    """
    files = _load(path, config)
    try:
        count = _count(files)
    except (ShapeError, PackedError) as error:
        raise UserError(f"{path}: {error}") from None
    if as_json:
        print_json(_as_json(count))
    else:
        _print_count(count)


def _load(path: Path, config: Path | None) -> WeightFiles:
    files = load_weight_files(path)
    return files if config is None else WeightFiles(files.tensors, load_config(config))


def _count(files: WeightFiles) -> Count:
    if files.tensors is not None:
        return count_tensors(files.tensors, files.config)
    return count_shape(make_shape(files.config or {}))


def _as_json(count: Count) -> dict[str, Any]:
    return {
        "total": count.total,
        "embedding": count.embedding,
        "active": count.active,
        "active_without_embedding": count.active_without_embedding,
        "by_role": {role.value: elements for role, elements in count.by_role.items()},
    }


def _print_count(count: Count) -> None:
    table = Table("part", "parameters")
    for role, elements in count.by_role.items():
        table.add_row(role.value, f"{elements:,}")
    table.add_row("total", f"{count.total:,}")
    active = "not known: no config of a known architecture"
    if count.active is not None and count.active_without_embedding is not None:
        active = f"{count.active:,} ({count.active_without_embedding:,} without the embedding)"
    table.add_row("active a token", active)
    out.print(table)


def predict_memory(
    path: Weights,
    gpu: Annotated[str, typer.Option(help="A GPU of the table, like H100.")] = "H100",
    count: Annotated[int, typer.Option(min=1, max=1024, help="So many of them.")] = 1,
    precision: Annotated[
        list[str] | None, typer.Option(help="bf16, fp8, int8, int4, mxfp4; may be repeated.")
    ] = None,
    tokens: Annotated[int, typer.Option(min=1, help="Prompt length to break down.")] = 8192,
    config: ConfigFile = None,
    as_json: JsonFlag = False,
) -> None:
    """Predict what a model takes in memory, and the longest prompt that fits, by precision.

    Weights, cache of the text, activations and the engine's own share, with vLLM's defaults. The
    two bounds are an engine that keeps the whole text in every layer and one that keeps windows
    short.

    Example: kb predict-memory config.json --gpu H100 --precision int4
    """
    files, machine = _load(path, config), Machine(find_gpu(gpu), count)
    shape = _make_shape(path, files.config)
    names = precision or ["bf16", "fp8", "int4"]
    rows = [_predict(shape, machine, name, tokens) for name in names]
    if as_json:
        print_json({"machine": machine.name, "source": machine.gpu.source, "rows": rows})
    else:
        _print_rows(machine, rows)


def _make_shape(path: Path, config: Mapping[str, Any] | None) -> Shape:
    if config is None:
        raise UserError(f"{path}: no config tells its shape; give one with --config")
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
    heads = ("precision", "weights", "cache", "activations", "engine", "all", "usable", "longest")
    table = Table(*heads, title=as_plain_text(f"GiB on {machine.name}"))
    keys = ("weights_bytes", "cache_bytes", "activation_bytes", "overhead_bytes", "total_bytes",
            "usable_bytes")  # fmt: skip
    for row in rows:
        sizes = (f"{row[key] / _GIB:,.1f}" for key in keys)
        longest = f"{row['longest_tokens']:,} ({row['longest_low']:,} to {row['longest_high']:,})"
        table.add_row(row["precision"], *sizes, longest)
    out.print(table)
