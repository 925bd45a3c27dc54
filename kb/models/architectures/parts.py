"""What a model is made of: its tensors by role, and what each layer keeps of a text."""

from dataclasses import dataclass
from enum import StrEnum
from math import prod


class Role(StrEnum):
    """What a tensor does."""

    EMBEDDING = "embedding"
    OUTPUT = "output"
    ATTENTION = "attention"
    RECURRENT = "recurrent"
    DENSE = "dense"
    SHARED = "shared experts"
    EXPERTS = "experts"
    ROUTER = "router"
    NORMS = "norms"
    VISION = "vision"
    PREDICTION = "extra prediction layers"
    OTHER = "other"


# In every precision that packs weights, engines leave the other roles as they are.
QUANTISED = frozenset(
    {Role.ATTENTION, Role.RECURRENT, Role.DENSE, Role.SHARED, Role.EXPERTS, Role.PREDICTION}
)
# A token of text passes through none of these.
UNUSED_BY_TEXT = frozenset({Role.VISION, Role.PREDICTION})


@dataclass(frozen=True)
class Part:
    """A tensor, `copies` times over, of which a token uses `used`.

    `name` is that in the weights file, with {expert} where each copy has a number of its own.
    """

    name: str
    role: Role
    shape: tuple[int, ...]
    copies: int = 1
    used: int = 1

    @property
    def elements(self) -> int:
        """Numbers in all copies."""
        return prod(self.shape) * self.copies


@dataclass(frozen=True)
class CacheLayer:
    """What one layer keeps of a text while it is worked on, in numbers (not bytes).

    `per_token` numbers for each of the last `window` tokens (None: of all), and `fixed` ones
    whatever the length.
    """

    per_token: int
    window: int | None = None
    fixed: int = 0


@dataclass(frozen=True)
class Shape:
    """A model's shape, as its config declares it."""

    architecture: str
    layers: int
    hidden: int
    vocabulary: int
    experts: int
    experts_per_token: int
    widest: int
    parts: tuple[Part, ...]
    cache: tuple[CacheLayer, ...]
