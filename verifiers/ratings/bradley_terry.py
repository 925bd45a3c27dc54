"""Fit Bradley-Terry ratings to a table of pair counts by Newton steps.

A tie is half a win for each side, as LMArena's own fit treats it. Without anchors only
differences mean anything, and the mean of the ratings is put at `centre`. With anchors the
ratings of some models are given and stay as they are: the scale is then the board's.
(Bradley and Terry, Biometrika 39, 1952; Hunter, Annals of Statistics 32, 2004, section 2.)
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kb.domain.elo import POINTS_PER_UNIT
from verifiers.ratings.games import Bools, Floats, Ints
from verifiers.ratings.pair_table import OUTCOMES, PairTable

CENTRE = 1000.0
_MOST_STEPS = 100
_SMALL = 1e-9  # natural log-odds; less than a millionth of a point
_LONGEST_STEP = 2.0
_RIDGE = 1e-9  # of the games: keeps a resample solvable in which somebody won everything


class NotRatableError(ValueError):
    """Some models can have no finite rating; the message names how many and why."""


@dataclass(frozen=True)
class Scale:
    """What is fixed: anchors by place with their points, or the centre where there are none."""

    anchors: Mapping[int, float]
    centre: float = CENTRE

    def split(self, models: int) -> tuple[Floats, Ints]:
        """Return the ratings to start from, in log-odds, and the places that are free.

        Without anchors the first model is held while the others are fitted.
        """
        ratings = np.zeros(models)
        for place, points in self.anchors.items():
            ratings[place] = (points - self.centre) / POINTS_PER_UNIT
        fixed = set(self.anchors) or {0}
        return ratings, np.array([model for model in range(models) if model not in fixed], np.int64)


def fit_ratings(table: PairTable, scale: Scale, counts: Floats | None = None) -> Floats:
    """Return ratings in points, shape (models,).

    Raises NotRatableError where wins don't tie all models together (Ford's condition: American
    Mathematical Monthly 64, 1957), since some would then be infinitely strong or weak.
    """
    used = table.counts if counts is None else counts
    _check_ratable(table, used, scale)
    start, free = scale.split(table.models)
    return to_points(run_newton(table, used, start, free), scale)


def to_points(ratings: Floats, scale: Scale) -> Floats:
    """Return log-odds as points; centred where there are no anchors."""
    if not scale.anchors:
        ratings = ratings - ratings.mean()
    return ratings * POINTS_PER_UNIT + scale.centre


def run_newton(
    table: PairTable,
    counts: Floats,
    start: Floats,
    free: Ints,
) -> Floats:
    """Return the ratings of the highest likelihood, in log-odds, from `start` on."""
    ratings = start.copy()
    played, won = counts.sum(axis=1), counts @ OUTCOMES
    ridge = _RIDGE * max(1.0, float(played.sum())) * np.eye(len(free))
    for _ in range(_MOST_STEPS):
        expected = compute_expected(table, ratings)
        slope = spread(table, won - played * expected)[free]
        hessian = make_hessian(table, played * expected * (1 - expected))[np.ix_(free, free)]
        step = np.linalg.solve(hessian + ridge, slope)
        largest = float(np.abs(step).max(initial=0.0))
        ratings[free] += step * min(1.0, _LONGEST_STEP / largest if largest else 1.0)
        if largest < _SMALL or largest > 1 / _SMALL:
            break
    return ratings


def compute_expected(table: PairTable, ratings: Floats) -> Floats:
    """Return the expected score of `low` in each pair; `ratings` in log-odds."""
    return np.asarray(1 / (1 + np.exp(ratings[table.high] - ratings[table.low])))


def spread(table: PairTable, of_pair: Floats) -> Floats:
    """Return for each model what pairs add to it: plus as `low`, minus as `high`."""
    plus = np.bincount(table.low, weights=of_pair, minlength=table.models)
    return np.asarray(plus - np.bincount(table.high, weights=of_pair, minlength=table.models))


def make_hessian(table: PairTable, of_pair: Floats) -> Floats:
    """Return the matrix of shape (models, models) that weighs each pair's difference."""
    matrix = np.zeros((table.models, table.models))
    matrix[table.low, table.high] = -of_pair
    matrix[table.high, table.low] = -of_pair
    matrix[np.diag_indices(table.models)] = -matrix.sum(axis=1)
    return matrix


def _check_ratable(table: PairTable, counts: Floats, scale: Scale) -> None:
    """Each model must be reachable from the anchors by wins, and reach them by wins."""
    beats = np.zeros((table.models, table.models), dtype=bool)
    beats[table.low, table.high] = counts[:, 1:].sum(axis=1) > 0
    beats[table.high, table.low] = counts[:, :2].sum(axis=1) > 0
    anchors = list(scale.anchors) or [0]
    tied = _reach(beats, anchors) & _reach(beats.T, anchors)
    if not tied.all():
        places = ", ".join(map(str, np.flatnonzero(~tied)[:5]))
        raise NotRatableError(
            f"{int((~tied).sum())} of {table.models} models (places {places}) never won, never "
            "lost, or never met the others, even in a chain; more games are needed"
        )


def _reach(beats: Bools, start: list[int]) -> Bools:
    found = np.zeros(len(beats), dtype=bool)
    found[start] = True
    edge = found
    while edge.any():
        edge = beats[edge].any(axis=0) & ~found
        found = found | edge
    return found
