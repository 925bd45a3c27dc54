"""What both header formats have in common."""

from dataclasses import dataclass
from math import prod

# Released headers take a few MB at most. As Python objects JSON grows up to 25-fold, so the bound
# on safetensors keeps a hostile one within half a gigabyte; a GGUF header holds the vocabulary too.
MAX_SAFETENSORS_HEADER_BYTES = 16 * 1024 * 1024
MAX_GGUF_HEADER_BYTES = 64 * 1024 * 1024
MAX_TENSORS = 200_000
MAX_DIMENSIONS = 8
MAX_ELEMENTS = 10**16


class HeaderError(ValueError):
    """The header is not what it says it is; the message says what is wrong."""


class HeaderTruncatedError(HeaderError):
    """More bytes are needed to read the header."""


@dataclass(frozen=True)
class TensorInfo:
    """A tensor as its header declares it; `shape` in elements."""

    name: str
    shape: tuple[int, ...]
    dtype: str

    @property
    def elements(self) -> int:
        """Number of elements, however they are packed."""
        return prod(self.shape)


def check_shape(name: str, shape: tuple[int, ...]) -> None:
    """Raise HeaderError for a shape that no tensor can have."""
    if len(shape) > MAX_DIMENSIONS or any(side < 0 for side in shape):
        raise HeaderError(f"tensor {name!r} has the impossible shape {shape}")
    if prod(shape) > MAX_ELEMENTS:
        raise HeaderError(f"tensor {name!r} claims {prod(shape):,} elements")
