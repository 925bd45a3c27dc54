"""Ranks with intervals, and groups of models that games don't tell apart.

A model may hold every rank that simultaneous intervals of all differences allow (Mogstad,
Romano, Shaikh and Wilhelm, Review of Economic Studies 91, 2024, section 3): the ranks of all
models hold together with the stated confidence.
"""

from dataclasses import dataclass

import numpy as np

from verifiers.ratings.bootstrap import Resampled
from verifiers.ratings.games import Bools, Floats, Ints


@dataclass(frozen=True)
class Ranks:
    """Best and worst rank of each model, 1 the strongest, and its group, 1 the first."""

    best: Ints
    worst: Ints
    group: Ints


def make_ranks(resampled: Resampled, alpha: float = 0.05) -> Ranks:
    """Return rank intervals and groups of ties, from a bootstrap with at least 20 draws."""
    if len(resampled.draws) < 20:
        raise ValueError("fewer than 20 draws say nothing about ranks")
    models = len(resampled.points)
    limit = _find_limit(resampled, alpha)
    above = np.zeros((models, models), dtype=bool)  # row surely above column
    for place in range(models):
        gap, error = _compare(resampled, place)[:2]
        above[place] = gap > limit * error
    best = 1 + above.sum(axis=0)
    worst = models - above.sum(axis=1)
    return Ranks(best, worst, _group(resampled.points, above))


def _compare(resampled: Resampled, place: int) -> tuple[Floats, Floats, Floats]:
    """Gaps of one model to all, their standard errors, and the largest studentised deviation."""
    gap = resampled.points[place] - resampled.points
    drawn = resampled.draws[:, place, None] - resampled.draws
    error = drawn.std(axis=0, ddof=1)
    safe = np.where(error > 0, error, np.inf)
    return gap, error, np.asarray(np.abs((drawn - gap) / safe).max(axis=1))


def _find_limit(resampled: Resampled, alpha: float) -> float:
    largest = np.zeros(len(resampled.draws))
    for place in range(len(resampled.points)):
        largest = np.maximum(largest, _compare(resampled, place)[2])
    return float(np.quantile(largest, 1 - alpha))


def _group(points: Floats, above: Bools) -> Ints:
    """A group is a leader and all that follow until one is surely below that leader."""
    group = np.zeros(len(points), dtype=np.int64)
    leader, number = -1, 0
    for place in np.argsort(-points, kind="stable"):
        if leader < 0 or above[leader, place]:
            leader, number = int(place), number + 1
        group[place] = number
    return group
