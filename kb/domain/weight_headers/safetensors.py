"""Safetensors headers (github.com/huggingface/safetensors, README, section Format)."""

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kb.domain.weight_headers.model import (
    MAX_HEADER_BYTES,
    MAX_TENSORS,
    HeaderError,
    HeaderTruncatedError,
    TensorInfo,
    check_shape,
)


@dataclass(frozen=True)
class SafetensorsHeader:
    """Metadata, tensors, and the number of bytes that the header takes."""

    metadata: dict[str, Any]
    tensors: tuple[TensorInfo, ...]
    size: int


def parse_safetensors_header(data: bytes) -> SafetensorsHeader:
    """Read the header at the start of `data`.

    Raises HeaderTruncatedError when more bytes are needed, HeaderError when it is broken:
    not JSON, overlapping offsets, negative shapes.
    """
    if len(data) < 8:
        raise HeaderTruncatedError("fewer than 8 bytes")
    (length,) = struct.unpack("<Q", data[:8])
    if length > MAX_HEADER_BYTES:
        raise HeaderError(f"the header claims {length:,} bytes; not a safetensors file?")
    if len(data) < 8 + length:
        raise HeaderTruncatedError(f"the header takes {8 + length:,} bytes")
    try:
        content = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError):
        raise HeaderError("the header is not JSON; not a safetensors file?") from None
    if not isinstance(content, dict) or len(content) > MAX_TENSORS:
        raise HeaderError("the header is no list of tensors")
    metadata = content.pop("__metadata__", {})
    tensors = tuple(_read_tensor(name, entry) for name, entry in content.items())
    _check_offsets(content)
    return SafetensorsHeader(metadata, tensors, 8 + length)


def _read_tensor(name: str, entry: Any) -> TensorInfo:
    try:
        shape = tuple(int(side) for side in entry["shape"])
        dtype = str(entry["dtype"])
    except (TypeError, KeyError, ValueError, OverflowError):
        raise HeaderError(f"tensor {name!r} has no shape or dtype") from None
    check_shape(name, shape)
    return TensorInfo(name, shape, dtype)


def _check_offsets(content: dict[str, Any]) -> None:
    spans: list[tuple[int, int]] = []
    for name, entry in content.items():
        try:
            start, end = (int(offset) for offset in entry["data_offsets"])
        except (TypeError, KeyError, ValueError, OverflowError):
            raise HeaderError(f"tensor {name!r} has no data_offsets") from None
        if not 0 <= start <= end:
            raise HeaderError(f"tensor {name!r} lies at [{start}, {end}]")
        spans.append((start, end))
    spans.sort()
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise HeaderError("two tensors overlap")
