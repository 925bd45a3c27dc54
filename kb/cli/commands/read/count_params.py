"""`kb count-params`: parameters counted from the headers of weights."""

from typing import Any

from rich.table import Table

from kb.cli.console import out, print_json
from kb.cli.options import JsonFlag
from kb.cli.weights import ConfigFile, Weights, load_weights
from kb.domain.errors import UserError
from kb.models.architectures import (
    Count,
    PackedError,
    ShapeError,
    count_shape,
    count_tensors,
    make_shape,
)
from kb.store.weight_files import WeightFiles


def count_params(path: Weights, config: ConfigFile = None, as_json: JsonFlag = False) -> None:
    """Count a model's parameters exactly, from weight headers.

    Packed weights (GPTQ, AWQ, MXFP4, NVFP4, bitsandbytes) are counted by the numbers they
    represent. If the config names a known architecture, the active parameters per token are counted
    too. From a config.json alone, the counts are computed from the shape it declares.

    Example: kb count-params model.safetensors --config config.json
    """
    files = load_weights(path, config)
    try:
        count = _count(files)
    except (ShapeError, PackedError) as error:
        raise UserError(f"{path}: {error}") from None
    if as_json:
        print_json(_as_json(count))
    else:
        _print_count(count)


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
    active = "unknown: no config with a known architecture"
    if count.active is not None and count.active_without_embedding is not None:
        active = f"{count.active:,} ({count.active_without_embedding:,} without the embedding)"
    table.add_row("active per token", active)
    out.print(table)
