"""The facts that a weights file declares about itself, whatever its format."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb.models.weight_headers.gguf import LongArray, parse_gguf_header
from kb.models.weight_headers.model import HeaderTruncatedError, TensorInfo
from kb.models.weight_headers.safetensors import parse_safetensors_header

_FIRST_READ = 16 * 1024 * 1024
_EMBEDDINGS = ("token_embd.weight", "model.embed_tokens.weight")


@dataclass(frozen=True)
class WeightFacts:
    """What the header says; None where it says nothing.

    `params_total` counts real elements, quantised or not, tied weights once.
    """

    format: str
    params_total: int
    tensors: int
    header_bytes: int
    precision: str
    architecture: str | None = None
    context_tokens: int | None = None
    vocabulary: int | None = None
    chat_template: str | None = None
    add_bos_token: bool | None = None
    bos_token_id: int | None = None
    name: str | None = None
    organization: str | None = None
    size_label: str | None = None
    license: str | None = None

    def as_stored(self) -> dict[str, Any]:
        """Return the facts that are known, JSON-ready; the template stays in the file."""
        facts = {name: value for name, value in vars(self).items() if value is not None}
        facts["has_chat_template"] = facts.pop("chat_template", None) is not None
        return facts


def read_header_bytes(path: Path) -> bytes:
    """Return just the header of a weights file, read without its tensors."""
    with path.open("rb") as file:
        data = file.read(_FIRST_READ)
        while True:
            try:
                return data[: read_weight_facts(data).header_bytes]
            except HeaderTruncatedError:
                more = file.read(len(data))
                if not more:
                    raise
                data += more


def read_weight_facts(data: bytes) -> WeightFacts:
    """Read the facts from the first bytes of a GGUF or safetensors file.

    Raises HeaderTruncatedError when more bytes are needed, HeaderError when it is neither.
    """
    return _read_gguf(data) if data[:4] == b"GGUF" else _read_safetensors(data)


def _read_safetensors(data: bytes) -> WeightFacts:
    header = parse_safetensors_header(data)
    return WeightFacts(
        "safetensors",
        sum(tensor.elements for tensor in header.tensors),
        len(header.tensors),
        header.size,
        _main_dtype(header.tensors),
        vocabulary=_find_vocabulary(header.tensors, rows_first=True),
    )


def _read_gguf(data: bytes) -> WeightFacts:
    header = parse_gguf_header(data)
    about = _Typed(header.metadata)
    architecture = about.text("general.architecture")
    tokens = header.metadata.get("tokenizer.ggml.tokens")
    return WeightFacts(
        "gguf",
        sum(tensor.elements for tensor in header.tensors),
        len(header.tensors),
        header.size,
        _main_dtype(header.tensors),
        architecture=architecture,
        context_tokens=about.integer(f"{architecture}.context_length"),
        vocabulary=tokens.length
        if isinstance(tokens, LongArray)
        else _find_vocabulary(header.tensors, rows_first=False),
        chat_template=about.text("tokenizer.chat_template", 1_000_000),
        add_bos_token=about.truth("tokenizer.ggml.add_bos_token"),
        bos_token_id=about.integer("tokenizer.ggml.bos_token_id"),
        name=about.text("general.name"),
        organization=about.text("general.organization"),
        size_label=about.text("general.size_label"),
        license=about.text("general.license"),
    )


class _Typed:
    """Values of the type that is expected; anything else is as good as not there."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values

    def text(self, key: str, most: int = 200) -> str | None:
        value = self.values.get(key)
        return value if isinstance(value, str) and 0 < len(value.strip()) <= most else None

    def integer(self, key: str) -> int | None:
        value = self.values.get(key)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def truth(self, key: str) -> bool | None:
        value = self.values.get(key)
        return value if isinstance(value, bool) else None


def _main_dtype(tensors: tuple[TensorInfo, ...]) -> str:
    """The number format in which most of the weights are stored."""
    sizes: dict[str, int] = {}
    for tensor in tensors:
        sizes[tensor.dtype] = sizes.get(tensor.dtype, 0) + tensor.elements
    return max(sizes, key=lambda dtype: sizes[dtype], default="none")


def _find_vocabulary(tensors: tuple[TensorInfo, ...], rows_first: bool) -> int | None:
    for tensor in tensors:
        if tensor.name in _EMBEDDINGS and len(tensor.shape) == 2:
            return tensor.shape[0] if rows_first else tensor.shape[1]
    return None
