"""Digests of Arrow columns: equal values, equal digest, however they are chunked."""

from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


class Digest(Protocol):
    """A hash that is being computed."""

    def update(self, data: Any, /) -> None:
        """Take in bytes."""


def hash_column(digest: Digest, column: pa.ChunkedArray) -> None:
    """Take the type of a column, which cells are empty, and the values of the others."""
    digest.update(str(column.type).encode())
    for chunk in column.chunks:
        digest.update(pc.is_null(chunk).to_numpy(zero_copy_only=False).tobytes())
    known = [pc.drop_null(chunk) for chunk in column.chunks]
    if not pa.types.is_string(column.type):
        for chunk in known:
            digest.update(chunk.to_numpy(zero_copy_only=False).tobytes())
        return
    for chunk in known:
        digest.update(pc.binary_length(chunk).to_numpy().tobytes())
    for chunk in known:
        digest.update(_get_text(chunk))


def _get_text(strings: pa.StringArray) -> memoryview | bytes:
    """The bytes of all strings of an array, one after the other."""
    _, offsets, data = strings.buffers()
    if data is None or not len(strings):
        return b""
    ends = np.frombuffer(offsets, np.int32)[strings.offset :]
    return memoryview(data)[ends[0] : ends[len(strings)]]
