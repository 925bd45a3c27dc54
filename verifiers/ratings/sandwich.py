"""Sandwich intervals: the spread of a fit, whether or not the model is true of every pair.

The bread is the inverse Hessian, the filling the covariance of the slopes, by games or by prompts
(Huber 1967; White, Econometrica 50, 1982; by clusters: Liang and Zeger, Biometrika 73, 1986).
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from kb.domain.elo import POINTS_PER_UNIT
from verifiers.ratings.bradley_terry import (
    Scale,
    compute_expected,
    fit_ratings,
    make_hessian,
)
from verifiers.ratings.games import Floats, Games
from verifiers.ratings.pair_table import OUTCOMES, PairTable, make_pair_table


@dataclass(frozen=True)
class Rated:
    """Ratings in points with the ends of their intervals, each of shape (models,).

    An anchor has no interval of its own: low and high are its rating.
    """

    models: tuple[str, ...]
    points: Floats
    low: Floats
    high: Floats


def rate_games(
    games: Games, scale: Scale | None = None, alpha: float = 0.05, by_prompt: bool = False
) -> Rated:
    """Return ratings with sandwich intervals; `by_prompt` lets games of a prompt hang together.

    Raises NotRatableError where games don't tie the models together.
    """
    scale = scale or Scale({})
    table = make_pair_table(games)
    points = fit_ratings(table, scale)
    ratings = (points - scale.centre) / POINTS_PER_UNIT
    filling = _fill_by_prompt(games, ratings) if by_prompt else _fill_by_game(table, ratings)
    errors = _compute_errors(table, ratings, filling, scale)
    half = NormalDist().inv_cdf(1 - alpha / 2) * errors * POINTS_PER_UNIT
    return Rated(games.models, points, points - half, points + half)


def _compute_errors(table: PairTable, ratings: Floats, filling: Floats, scale: Scale) -> Floats:
    """Standard errors in log-odds; without anchors those of the distance from the mean."""
    expected = compute_expected(table, ratings)
    hessian = make_hessian(table, table.counts.sum(axis=1) * expected * (1 - expected))
    if not scale.anchors:
        bread = np.linalg.inv(hessian + 1 / table.models) - 1 / table.models
        # rows of a Laplacian sum to 0: adding the mean makes it invertible and is taken off again
    else:
        free = scale.split(table.models)[1]
        bread = np.zeros_like(hessian)
        bread[np.ix_(free, free)] = np.linalg.inv(hessian[np.ix_(free, free)])
    variances = np.einsum("ij,jk,ki->i", bread, filling, bread, optimize=True)
    return np.asarray(np.sqrt(np.maximum(variances, 0.0)))


def _fill_by_game(table: PairTable, ratings: Floats) -> Floats:
    missed = OUTCOMES - compute_expected(table, ratings)[:, None]
    return make_hessian(table, (table.counts * missed**2).sum(axis=1))


def _fill_by_prompt(games: Games, ratings: Floats) -> Floats:
    expected = 1 / (1 + np.exp(ratings[games.second] - ratings[games.first]))
    missed = games.score - expected
    models, prompts = len(games.models), int(games.prompt.max()) + 1
    cells = prompts * models
    plus = np.bincount(games.prompt * models + games.first, weights=missed, minlength=cells)
    minus = np.bincount(games.prompt * models + games.second, weights=missed, minlength=cells)
    slopes = (plus - minus).reshape(prompts, models)
    return np.asarray(slopes.T @ slopes * (prompts / max(1, prompts - 1)))
