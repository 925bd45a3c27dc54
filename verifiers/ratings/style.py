"""Style control: how much of a rating is length and Markdown, taken out in the same fit.

Differences in style between two answers join the fit beside the two models, each divided by its
standard deviation; the ratings are then those of answers equal in style (Li, Angelopoulos and
Chiang, "Does style matter?", LMArena, August 2024).
"""

import re
from dataclasses import dataclass

import numpy as np

from kb.domain.elo import POINTS_PER_UNIT
from verifiers.ratings.bootstrap import Resampled
from verifiers.ratings.bradley_terry import Scale
from verifiers.ratings.games import Floats, Games, Ints

FEATURES = ("length", "headers", "lists", "bold")
_PATTERNS = (
    re.compile(r"^ {0,3}#{1,6} ", re.MULTILINE),
    re.compile(r"^\s*(?:[-*+]|\d+[.)]) ", re.MULTILINE),
    re.compile(r"\*\*[^*\n]+\*\*|__[^_\n]+__"),
)
_MOST_STEPS, _SMALL = 50, 1e-9


@dataclass(frozen=True)
class StyleFit:
    """Ratings at equal style, in points; `effects` tell what one standard deviation is worth."""

    points: Floats
    effects: Floats


def measure_style(text: str) -> tuple[float, ...]:
    """Return the words of a text and its Markdown headers, list items and bold passages."""
    return (float(len(text.split())), *(float(len(pattern.findall(text))) for pattern in _PATTERNS))


def compare_style(first: str, second: str) -> tuple[float, ...]:
    """Return the difference of two answers in each feature, as a share of both: -1 to 1."""
    pairs = zip(measure_style(first), measure_style(second), strict=True)
    return tuple((one - other) / (one + other) if one + other else 0.0 for one, other in pairs)


def fit_with_style(
    games: Games, differences: Floats, scale: Scale | None = None, penalty: float = 1e-3
) -> StyleFit:
    """Fit ratings and style effects together; `differences` has shape (games, features).

    `penalty` holds effects near 0 where games say little of them (half of it times their squares,
    beside the mean loss a game). Anchors stay as they are. A feature that never differs has no
    effect. Ratings are centred as in `to_points`.
    """
    scale = scale or Scale({})
    spread = differences.std(axis=0)
    features = (differences - differences.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    models, wide = len(games.models), differences.shape[1]
    start, free = scale.split(models)
    solution = np.concatenate([start, np.zeros(wide)])
    moving = np.concatenate([free, models + np.arange(wide)])
    for _ in range(_MOST_STEPS):
        slope, hessian = _differentiate(games, features, solution, penalty * games.n)
        part = hessian[np.ix_(moving, moving)] + 1e-9 * games.n * np.eye(len(moving))
        step = np.linalg.solve(part, slope[moving])
        solution[moving] += step
        if np.abs(step).max() < _SMALL:
            break
    ratings = solution[:models] - (0.0 if scale.anchors else solution[:models].mean())
    return StyleFit(ratings * POINTS_PER_UNIT + scale.centre, solution[models:] * POINTS_PER_UNIT)


def resample_with_style(
    games: Games, differences: Floats, times: int, seed: int, scale: Scale | None = None
) -> Resampled:
    """Fit with style, and fit `times` again on resampled prompts with all their games."""
    fit = fit_with_style(games, differences, scale)
    random = np.random.default_rng(seed)
    prompts = int(games.prompt.max()) + 1
    order = np.argsort(games.prompt, kind="stable")
    ends = np.searchsorted(games.prompt[order], np.arange(prompts + 1))
    draws = np.empty((times, len(games.models)))
    for number in range(times):
        drawn = random.integers(0, prompts, prompts)
        rows = np.concatenate([order[ends[prompt] : ends[prompt + 1]] for prompt in drawn])
        draws[number] = fit_with_style(_take(games, rows), differences[rows], scale).points
    return Resampled(games.models, fit.points, draws)


def _take(games: Games, rows: Ints) -> Games:
    return Games(
        games.models, games.first[rows], games.second[rows], games.score[rows], games.prompt[rows]
    )


def _differentiate(
    games: Games, features: Floats, solution: Floats, penalty: float
) -> tuple[Floats, Floats]:
    """Slope and negative Hessian of the penalised likelihood, ratings first, then effects."""
    models = len(games.models)
    gap = solution[games.first] - solution[games.second] + features @ solution[models:]
    expected = 1 / (1 + np.exp(-gap))
    missed, weight = games.score - expected, expected * (1 - expected)
    slope = np.concatenate([_sum_by_model(games, missed), features.T @ missed])
    slope[models:] -= penalty * solution[models:]
    hessian = np.zeros((len(solution), len(solution)))
    hessian[:models, :models] = _weigh_pairs(games, weight)
    cross = np.stack([_sum_by_model(games, weight * column) for column in features.T], axis=1)
    hessian[:models, models:] = cross
    hessian[models:, :models] = cross.T
    inner = (features * weight[:, None]).T @ features + penalty * np.eye(features.shape[1])
    hessian[models:, models:] = inner
    return slope, hessian


def _weigh_pairs(games: Games, weight: Floats) -> Floats:
    models = len(games.models)
    keys = games.first * models + games.second
    met = np.bincount(keys, weights=weight, minlength=models**2).reshape(models, models)
    both = met + met.T
    return np.asarray(np.diag(both.sum(axis=1)) - both)


def _sum_by_model(games: Games, of_game: Floats) -> Floats:
    models = len(games.models)
    plus = np.bincount(games.first, weights=of_game, minlength=models)
    return np.asarray(plus - np.bincount(games.second, weights=of_game, minlength=models))
