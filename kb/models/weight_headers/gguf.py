"""GGUF headers (github.com/ggml-org/ggml, docs/gguf.md, versions 2 and 3).

The `gguf` library maps a whole file and trusts its counts. We read a prefix from an archive,
written by strangers, so every count and offset is checked here before it is used.
"""

import struct
from dataclasses import dataclass
from typing import Any

from kb.models.weight_headers.model import (
    MAX_DIMENSIONS,
    MAX_GGUF_HEADER_BYTES,
    MAX_TENSORS,
    HeaderError,
    HeaderTruncatedError,
    TensorInfo,
    check_shape,
)

_SCALARS = {
    0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d",
}  # fmt: skip
_STRING, _ARRAY = 8, 9
_MAX_KEYS = 10_000
_KEPT_ITEMS = 16
_MOST_STRINGS = 4_000_000  # the largest vocabularies have a quarter of a million
_DTYPES = {
    0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0", 10: "Q2_K",
    11: "Q3_K", 12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 15: "Q8_K", 28: "F64", 30: "BF16",
}  # fmt: skip


@dataclass(frozen=True)
class LongArray:
    """An array whose items are not kept: only how many there are."""

    length: int


@dataclass(frozen=True)
class GgufHeader:
    """Metadata, tensors, and the number of bytes that the header takes."""

    metadata: dict[str, Any]
    tensors: tuple[TensorInfo, ...]
    size: int


class _GgufReader:
    """Reads little-endian values off a buffer and never past its end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        if self.at + size > MAX_GGUF_HEADER_BYTES:
            raise HeaderError(f"the header claims more than {MAX_GGUF_HEADER_BYTES:,} bytes")
        if self.at + size > len(self.data):
            raise HeaderTruncatedError(f"the header goes on after {len(self.data):,} bytes")
        chunk = self.data[self.at : self.at + size]
        self.at += size
        return chunk

    def scalar(self, code: str) -> Any:
        return struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))[0]

    def string(self) -> str:
        return self.take(self.scalar("Q")).decode("utf-8", "replace")

    def value(self, kind: int) -> Any:
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            return self.array()
        if kind not in _SCALARS:
            raise HeaderError(f"unknown value type {kind}")
        return self.scalar(_SCALARS[kind])

    def array(self) -> Any:
        kind, length = self.scalar("I"), self.scalar("Q")
        if kind == _ARRAY:
            raise HeaderError("an array of arrays; no known file has one")
        if kind in _SCALARS:
            size = struct.calcsize("<" + _SCALARS[kind])
            raw = self.take(size * length)
            if length > _KEPT_ITEMS:
                return LongArray(length)
            return [value[0] for value in struct.iter_unpack("<" + _SCALARS[kind], raw)]
        if kind != _STRING:
            raise HeaderError(f"unknown array type {kind}")
        return self._strings(length)

    def _strings(self, length: int) -> Any:
        if length <= _KEPT_ITEMS:
            return [self.string() for _ in range(length)]
        if length > _MOST_STRINGS:
            raise HeaderError(f"an array claims {length:,} strings")
        for _ in range(length):
            self.take(self.scalar("Q"))
        return LongArray(length)


def parse_gguf_header(data: bytes) -> GgufHeader:
    """Read the header at the start of `data`.

    Raises HeaderTruncatedError when more bytes are needed, HeaderError when it is broken.
    """
    reader = _GgufReader(data)
    if reader.take(4) != b"GGUF":
        raise HeaderError("not a GGUF file: it does not begin with GGUF")
    version = reader.scalar("I")
    if version not in (2, 3):
        raise HeaderError(f"GGUF version {version} is not known; known are 2 and 3")
    tensor_count, key_count = reader.scalar("Q"), reader.scalar("Q")
    if tensor_count > MAX_TENSORS or key_count > _MAX_KEYS:
        raise HeaderError(f"it claims {tensor_count:,} tensors and {key_count:,} keys")
    metadata: dict[str, Any] = {}
    for _ in range(key_count):
        key = reader.string()
        metadata[key] = reader.value(reader.scalar("I"))
    tensors = tuple(_read_tensor(reader) for _ in range(tensor_count))
    return GgufHeader(metadata, tensors, reader.at)


def _read_tensor(reader: _GgufReader) -> TensorInfo:
    name = reader.string()
    dimensions = reader.scalar("I")
    if dimensions > MAX_DIMENSIONS:
        raise HeaderError(f"tensor {name!r} claims {dimensions} dimensions")
    shape = tuple(reader.scalar("Q") for _ in range(dimensions))
    check_shape(name, shape)
    kind = reader.scalar("I")
    reader.scalar("Q")
    return TensorInfo(name, shape, _DTYPES.get(kind, f"type {kind}"))
