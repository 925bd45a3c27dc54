"""Where models stand after exported battles: ratings, possible ranks, groups of ties."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kb.domain.errors import UserError
from verifiers.ratings.bootstrap import resample_games
from verifiers.ratings.bradley_terry import NotRatableError
from verifiers.ratings.games import make_games
from verifiers.ratings.ranks import make_ranks
from verifiers.ratings.style import compare_style, resample_with_style

_TIMES, _SEED = 200, 5


@dataclass(frozen=True)
class Standing:
    """A model's rating in points around 1000, its interval, ranks, group, and battles."""

    model: str
    points: float
    low: float
    high: float
    best_rank: int
    worst_rank: int
    group: int
    battles: int

    def __str__(self) -> str:
        ranks = f"rank {self.best_rank}"
        if self.worst_rank != self.best_rank:
            ranks = f"ranks {self.best_rank} to {self.worst_rank}"
        return (
            f"{self.model}: {self.points:.0f} [{self.low:.0f}, {self.high:.0f}], {ranks}, "
            f"group {self.group}, {self.battles} battles"
        )


def make_standings(rows: Sequence[dict[str, Any]], style: bool = False) -> list[Standing]:
    """Return the standings, strongest first; intervals by bootstrap over prompts.

    With `style`, ratings at equal length and Markdown. Raises UserError where battles don't connect
    the models, or none was decided.
    """
    decided = [row for row in rows if row["score"] is not None]
    if not decided:
        raise UserError("no battle has a verdict, so nobody can be rated")
    games = make_games(
        (_name(row["challenger"]), _name(row["opponent"]), float(row["score"]), str(row["item"]))
        for row in decided
    )
    try:
        if style:
            pairs = ((row["answer"], row["opponent_answer"]) for row in decided)
            differences = np.array([compare_style(*pair) for pair in pairs])
            found = resample_with_style(games, differences, _TIMES, _SEED)
        else:
            found = resample_games(games, _TIMES, _SEED)
    except NotRatableError as error:
        raise UserError(str(error)) from None
    rated, ranks = found.make_rated(), make_ranks(found)
    fought = np.bincount(np.concatenate([games.first, games.second]))
    return [
        Standing(
            games.models[place], round(float(rated.points[place]), 2),
            round(float(rated.low[place]), 2), round(float(rated.high[place]), 2),
            int(ranks.best[place]), int(ranks.worst[place]), int(ranks.group[place]),
            int(fought[place]),
        )
        for place in np.argsort(-rated.points)
    ]  # fmt: skip


def _name(side: dict[str, Any]) -> str:
    return f"{side['model']} ({side['release']})"
