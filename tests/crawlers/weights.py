"""Small files of weights, written by us in the shape of the real ones."""

import json
import struct


def text(value):
    return struct.pack("<Q", len(value)) + value.encode()


def make_gguf(path, size_label="1B"):
    """A small GGUF file with a header like the real ones."""
    strings = {
        "general.architecture": "toy", "general.organization": "toys",
        "general.size_label": size_label, "general.license": "mit",
    }  # fmt: skip
    body = b"GGUF" + struct.pack("<IQQ", 3, 1, len(strings) + 1)
    for key, value in strings.items():
        body += text(key) + struct.pack("<I", 8) + text(value)
    body += text("toy.context_length") + struct.pack("<II", 4, 2048)
    body += text("token_embd.weight") + struct.pack("<IQQIQ", 2, 8, 16, 0, 0)
    path.write_bytes(body + b"\x00" * 4096)
    return path


def make_safetensors(tensors, weights=b"", pad=0):
    """A safetensors file: `tensors` maps names to (dtype, shape, bytes a number)."""
    header, at = {"__metadata__": {"format": "pt", "note": "x" * pad}}, 0
    for name, (dtype, shape, width) in tensors.items():
        size = width
        for side in shape:
            size *= side
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + size]}
        at += size
    words = json.dumps(header).encode()
    return struct.pack("<Q", len(words)) + words + weights
