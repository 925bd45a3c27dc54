"""Weights on this machine → their tensors and config, read from headers, never from weights."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.domain.errors import UserError
from kb.models.architectures import make_gguf_config
from kb.models.weight_headers import (
    HeaderError,
    TensorInfo,
    parse_gguf_header,
    parse_safetensors_header,
)
from kb.models.weight_headers.facts import read_header_bytes

_MOST_FILES = 500
_MOST_CONFIG_BYTES = 10_000_000
_GGUF, _SAFETENSORS, _CONFIG = ".gguf", ".safetensors", "config.json"


@dataclass(frozen=True)
class WeightFiles:
    """Tensors of all files together; None where a config alone was given. The config, if any."""

    tensors: tuple[TensorInfo, ...] | None
    config: Mapping[str, Any] | None


def load_weight_files(path: Path) -> WeightFiles:
    """Read the headers at `path`: a GGUF or safetensors file, a folder of them, a config.json.

    Raises UserError naming the file and what is wrong with it.
    """
    if not path.exists():
        raise UserError(f"{path}: nothing is there; give a weights file, a folder or a config.json")
    if path.is_file() and path.suffix.lower() == ".json":
        return WeightFiles(None, load_config(path))
    files = [path] if path.is_file() else _list_weights(path)
    if len(files) == 1 and files[0].suffix.lower() == _GGUF:
        return _load_gguf(files[0])
    beside = files[0].parent / _CONFIG
    config = load_config(beside) if beside.is_file() else None
    return WeightFiles(_join(files), config)


def _list_weights(folder: Path) -> list[Path]:
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == _SAFETENSORS)
    files = files or sorted(path for path in folder.iterdir() if path.suffix.lower() == _GGUF)
    if not files or len(files) > _MOST_FILES or (len(files) > 1 and files[0].suffix == _GGUF):
        raise UserError(
            f"{folder}: {len(files)} weights files; a release has safetensors files, or one GGUF"
        )
    return files


def _load_gguf(path: Path) -> WeightFiles:
    try:
        header = parse_gguf_header(read_header_bytes(path))
    except (HeaderError, OSError) as error:
        raise UserError(f"{path}: {error}; fetch the file again, or leave it out") from None
    return WeightFiles(header.tensors, make_gguf_config(header.metadata, header.tensors))


def _join(files: list[Path]) -> tuple[TensorInfo, ...]:
    """The tensors of all files; one that stands in two of them is an error."""
    found: dict[str, TensorInfo] = {}
    for path in files:
        try:
            tensors = parse_safetensors_header(read_header_bytes(path)).tensors
        except (HeaderError, OSError) as error:
            raise UserError(f"{path}: {error}; fetch the file again, or leave it out") from None
        for tensor in tensors:
            if tensor.name in found:
                raise UserError(f"{path}: tensor {tensor.name!r} is in another file too")
            found[tensor.name] = tensor
    return tuple(found.values())


def load_config(path: Path) -> dict[str, Any]:
    """Return what a `config.json` holds; raise UserError where it is no object of sane size."""
    with path.open("rb") as file:
        data = file.read(_MOST_CONFIG_BYTES + 1)
    try:
        values = json.loads(data) if len(data) <= _MOST_CONFIG_BYTES else None
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise UserError(f"{path}: not a JSON object of at most {_MOST_CONFIG_BYTES:,} bytes")
    return values
