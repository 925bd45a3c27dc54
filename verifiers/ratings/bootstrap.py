"""Bootstrap intervals: fit again on resampled games, or on resampled prompts with all their games.

A prompt's games are not independent: one that suits a model suits it against everybody. Drawing
games one by one then makes intervals too short; drawing whole prompts does not (Field and Welsh,
JRSS B 69, 2007).
"""

from dataclasses import dataclass

import numpy as np

from kb.domain.elo import POINTS_PER_UNIT
from verifiers.ratings.bradley_terry import Scale, fit_ratings, run_newton, to_points
from verifiers.ratings.games import Floats, Games
from verifiers.ratings.pair_table import PairTable, make_pair_table
from verifiers.ratings.sandwich import Rated


@dataclass(frozen=True)
class Resampled:
    """A fit and its bootstrap: `points` of shape (models,), `draws` of shape (times, models)."""

    models: tuple[str, ...]
    points: Floats
    draws: Floats

    def make_rated(self, alpha: float = 0.05) -> Rated:
        """Return the ratings with percentile intervals."""
        low, high = np.quantile(self.draws, [alpha / 2, 1 - alpha / 2], axis=0)
        return Rated(self.models, self.points, low, high)


def resample_games(
    games: Games, times: int, seed: int, scale: Scale | None = None, by_prompt: bool = True
) -> Resampled:
    """Fit, and fit `times` again on resamples, of prompts or (`by_prompt` False) of games.

    Raises NotRatableError where games don't tie the models together.
    """
    scale = scale or Scale({})
    table = make_pair_table(games)
    points = fit_ratings(table, scale)
    free = scale.split(table.models)[1]
    start = (points - scale.centre) / POINTS_PER_UNIT
    random = np.random.default_rng(seed)
    draws = np.empty((times, table.models))
    for number in range(times):
        counts = _draw_prompts(games, table, random) if by_prompt else _draw_games(table, random)
        draws[number] = to_points(run_newton(table, counts, start, free), scale)
    return Resampled(games.models, points, draws)


def _draw_games(table: PairTable, random: np.random.Generator) -> Floats:
    shares = table.counts.ravel() / table.counts.sum()
    drawn = random.multinomial(int(table.counts.sum()), shares)
    return drawn.astype(np.float64).reshape(table.counts.shape)


def _draw_prompts(games: Games, table: PairTable, random: np.random.Generator) -> Floats:
    prompts = int(games.prompt.max()) + 1
    drawn = np.bincount(random.integers(0, prompts, prompts), minlength=prompts)
    return table.recount(drawn.astype(np.float64)[games.prompt])
