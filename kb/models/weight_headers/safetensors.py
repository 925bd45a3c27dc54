"""Safetensors headers (github.com/huggingface/safetensors, README, section Format)."""

import json
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kb.models.weight_headers.model import (
    MAX_SAFETENSORS_HEADER_BYTES,
    MAX_TENSORS,
    HeaderError,
    HeaderTruncatedError,
    TensorInfo,
    check_shape,
)

_BITS = {
    "BOOL": 8, "U8": 8, "I8": 8, "U16": 16, "I16": 16, "U32": 32, "I32": 32, "U64": 64, "I64": 64,
    "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8, "F16": 16,
    "BF16": 16, "F32": 32, "F64": 64, "C64": 64,
}  # fmt: skip


@dataclass(frozen=True)
class SafetensorsHeader:
    """Metadata, tensors, and the number of bytes that the header takes."""

    metadata: dict[str, Any]
    tensors: tuple[TensorInfo, ...]
    size: int


def parse_safetensors_header(data: bytes) -> SafetensorsHeader:
    """Read the header at the start of `data`.

    Raises HeaderTruncatedError when more bytes are needed, HeaderError when it is broken:
    not JSON, overlapping offsets, negative shapes, shapes that their bytes cannot hold.
    """
    if len(data) < 8:
        raise HeaderTruncatedError("fewer than 8 bytes")
    (length,) = struct.unpack("<Q", data[:8])
    if length > MAX_SAFETENSORS_HEADER_BYTES:
        raise HeaderError(f"the header claims {length:,} bytes; {_guess(data)}")
    if len(data) < 8 + length:
        raise HeaderTruncatedError(f"the header takes {8 + length:,} bytes")
    try:
        content = json.loads(data[8 : 8 + length])
    except (ValueError, RecursionError):
        raise HeaderError(f"the header is not JSON; {_guess(data)}") from None
    if not isinstance(content, dict) or len(content) > MAX_TENSORS:
        raise HeaderError("the header is no list of tensors")
    metadata = content.pop("__metadata__", {})
    if not isinstance(metadata, dict):
        raise HeaderError("the header's metadata are no object")
    tensors = tuple(_read_tensor(name, entry) for name, entry in content.items())
    _check_offsets(content, tensors)
    return SafetensorsHeader(metadata, tensors, 8 + length)


def _guess(data: bytes) -> str:
    """What the file may be instead, by its first bytes."""
    if data[:1] == b"\x80" and data[1:2] in b"\x02\x03\x04\x05":
        return "it begins like a Python pickle, which can run code; it is not opened"
    if data[:4] == b"PK\x03\x04":
        return "it begins like a zip archive, as PyTorch writes pickles; it is not opened"
    return "not a safetensors file?"


def _read_tensor(name: str, entry: Any) -> TensorInfo:
    try:
        shape, dtype = tuple(entry["shape"]), entry["dtype"]
    except (TypeError, KeyError):
        raise HeaderError(f"tensor {name[:80]!r} has no shape or dtype") from None
    if not isinstance(dtype, str) or not all(type(side) is int for side in shape):
        raise HeaderError(f"tensor {name[:80]!r} has a shape or dtype that is none")
    check_shape(name, shape)
    return TensorInfo(name, shape, dtype)


def _check_offsets(content: dict[str, Any], tensors: tuple[TensorInfo, ...]) -> None:
    spans = [_read_span(tensor, content[tensor.name]) for tensor in tensors]
    spans.sort()
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise HeaderError("two tensors overlap")


def _read_span(tensor: TensorInfo, entry: dict[str, Any]) -> tuple[int, int]:
    """Where a tensor lies; its bytes must be as many as its shape and number format need."""
    try:
        start, end = entry["data_offsets"]
    except (TypeError, KeyError, ValueError):
        raise HeaderError(f"tensor {tensor.name[:80]!r} has no data_offsets") from None
    if type(start) is not int or type(end) is not int or not 0 <= start <= end:
        raise HeaderError(f"tensor {tensor.name[:80]!r} lies at [{start}, {end}]")
    bits = _BITS.get(tensor.dtype)
    if bits is not None and (end - start) * 8 != tensor.elements * bits:
        raise HeaderError(
            f"tensor {tensor.name[:80]!r} of shape {tensor.shape} in {tensor.dtype} cannot take "
            f"{end - start:,} bytes"
        )
    return start, end
