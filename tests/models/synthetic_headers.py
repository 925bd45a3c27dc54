"""Safetensors headers of a shape: every tensor with its true name and sides, no weights."""

import json
import struct
from math import prod

_BYTES = 2


def make_header(shape):
    """Return the bytes of a header that declares all tensors of `shape` in bf16."""
    entries, at = {}, 0
    for name, sides in _list_tensors(shape):
        size = prod(sides) * _BYTES
        entries[name] = {"dtype": "BF16", "shape": list(sides), "data_offsets": [at, at + size]}
        at += size
    words = json.dumps(entries).encode()
    return struct.pack("<Q", len(words)) + words


def _list_tensors(shape):
    for part in shape.parts:
        if "{expert}" in part.name:
            for expert in range(part.copies):
                yield part.name.format(expert=expert), part.shape
        else:
            yield part.name, (part.copies, *part.shape) if part.copies > 1 else part.shape
