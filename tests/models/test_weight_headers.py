"""Headers of weights files, honest and hostile."""

import contextlib
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.models.weight_headers import (
    HeaderError,
    HeaderTruncatedError,
    parse_gguf_header,
    parse_safetensors_header,
    read_weight_facts,
)


def text(value):
    return struct.pack("<Q", len(value)) + value.encode()


def make_gguf(tensors=((b"", (4, 8)),), version=3, tensor_count=None, keys=None):
    keys = {"general.architecture": "toy", "toy.context_length": 4096} if keys is None else keys
    body = b"GGUF" + struct.pack("<IQQ", version, tensor_count or len(tensors), len(keys))
    for key, value in keys.items():
        if isinstance(value, str):
            body += text(key) + struct.pack("<I", 8) + text(value)
        else:
            body += text(key) + struct.pack("<II", 4, value)
    for index, (_, shape) in enumerate(tensors):
        body += text(f"t{index}") + struct.pack("<I", len(shape))
        body += b"".join(struct.pack("<Q", side) for side in shape) + struct.pack("<IQ", 0, 0)
    return body


def make_safetensors(entries):
    header = json.dumps(entries).encode()
    return struct.pack("<Q", len(header)) + header


def test_gguf_facts():
    facts = read_weight_facts(make_gguf() + b"rest")
    assert (facts.format, facts.params_total, facts.context_tokens) == ("gguf", 32, 4096)


def test_safetensors_facts():
    data = make_safetensors({"a": {"dtype": "F16", "shape": [3, 5], "data_offsets": [0, 30]}})
    assert read_weight_facts(data).params_total == 15


@pytest.mark.parametrize(
    "data",
    [
        make_gguf(version=9),
        make_gguf(tensor_count=2**60),
        make_gguf(tensors=((b"", (2**60, 2**60)),)),
        make_gguf(tensors=((b"", (1,) * 9),)),
        struct.pack("<Q", 2**31) + b"{}",
        make_safetensors({"a": {"dtype": "F16", "shape": [-3], "data_offsets": [0, 6]}}),
        make_safetensors({"a": {"dtype": "F16", "shape": [3], "data_offsets": [6, 0]}}),
        make_safetensors(
            {
                "a": {"dtype": "F16", "shape": [3], "data_offsets": [0, 6]},
                "b": {"dtype": "F16", "shape": [3], "data_offsets": [4, 10]},
            }
        ),
        struct.pack("<Q", 4) + b"\x80\x04\x95.",
        struct.pack("<Q", 2) + b"[]",
    ],
)
def test_hostile_headers_are_refused(data):
    with pytest.raises(HeaderError):
        read_weight_facts(data)


def test_a_cut_header_says_so():
    whole = make_gguf()
    for size in range(4, len(whole)):
        with pytest.raises(HeaderTruncatedError):
            parse_gguf_header(whole[:size])


@given(st.binary(max_size=400), st.integers(0, 200), st.booleans())
def test_mutated_bytes_never_crash(noise, at, gguf):
    base = make_gguf() if gguf else make_safetensors({})
    parse = parse_gguf_header if gguf else parse_safetensors_header
    with contextlib.suppress(HeaderError):
        parse(base[:at] + noise + base[at:])
