"""A question on a long text before it has its length."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class TaskText:
    """A question with its text: what is asked, how the answer begins, and what is right.

    The score is the share of `expected` that stands in the answer. `depth` is where in the text
    the answer lies, 0 start to 1 end; None where it lies in several places.
    """

    instruction: str
    answer_prefix: str
    expected: tuple[str, ...]
    depth: float | None = None


@dataclass(frozen=True)
class Task:
    """A kind of question. `make(random, size)` makes one whose text has about `size` words.

    The same seed gives the same question at every size, with more or less text around it.
    """

    name: str
    family: str
    make: Callable[[Random, int], TaskText]
    answer_tokens: int


def draw_depths(random: Random, count: int) -> list[float]:
    """Return `count` depths in rising order, 0 to 1, drawn evenly."""
    return sorted(random.random() for _ in range(count))


def spread(depths: list[float], pieces: list[str], among: list[str]) -> list[str]:
    """Put `pieces` in their order among others, each at its depth."""
    result = list(among)
    for depth, piece in reversed(list(zip(depths, pieces, strict=True))):
        result.insert(round(depth * len(among)), piece)
    return result
