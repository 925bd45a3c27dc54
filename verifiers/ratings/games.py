"""Games as columns: who met whom, on which prompt, and how it came out."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Games:
    """Battles of named models; all columns have shape (games,).

    `first` and `second` are places in `models`. `score` is that of the first: 1 won, 0 lost,
    0.5 tied. `prompt` numbers the prompt that a game was played on.
    """

    models: tuple[str, ...]
    first: Ints
    second: Ints
    score: Floats
    prompt: Ints

    def __post_init__(self) -> None:
        columns = (self.first, self.second, self.score, self.prompt)
        if len({len(column) for column in columns}) != 1:
            raise ValueError("the columns of games differ in length")
        if not len(self.score):
            raise ValueError("no games: nothing can be rated")
        if np.any(self.first == self.second):
            raise ValueError("a model does not meet itself")
        if not np.isin(self.score, (0.0, 0.5, 1.0)).all():
            raise ValueError("a game is won (1), lost (0) or tied (0.5)")

    @property
    def n(self) -> int:
        """How many games there are."""
        return len(self.score)


def make_games(rows: Iterable[tuple[str, str, float, str]]) -> Games:
    """Return games from rows of (first, second, score of the first, prompt).

    Models are sorted by name. Raises ValueError as `Games` does.
    """
    listed = list(rows)
    if not listed:
        raise ValueError("no games: nothing can be rated")
    firsts, seconds, scores, prompts = zip(*listed, strict=True)
    models, places = np.unique(np.array([*firsts, *seconds]), return_inverse=True)
    _, prompt = np.unique(np.array(prompts), return_inverse=True)
    half = len(listed)
    return Games(
        tuple(str(name) for name in models),
        places[:half].astype(np.int64),
        places[half:].astype(np.int64),
        np.array(scores, dtype=np.float64),
        prompt.astype(np.int64),
    )
