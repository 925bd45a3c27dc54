"""Intervals for measured proportions."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """A closed interval, both ends in the unit of the value it belongs to."""

    low: float
    high: float


def make_wilson_interval(
    successes: int, n: int, confidence: float = 0.95, design_effect: float = 1.0
) -> Interval:
    """Return the Wilson score interval of a proportion (Wilson 1927, JASA 22:209-212).

    `design_effect` (>= 1) divides n when the trials come in clusters, as when several
    questions share one text (Kish 1965, Survey Sampling). No trials, no interval: n = 0
    raises ValueError, since no data is never a number.
    """
    if n <= 0:
        raise ValueError("no trials: a proportion of nothing has no interval")
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n} trials")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    size = n / max(design_effect, 1.0)
    p = successes / n
    centre = (p + z * z / (2 * size)) / (1 + z * z / size)
    half = z * sqrt(p * (1 - p) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def estimate_design_effect(clusters: list[list[bool]]) -> float:
    """Return how much clustering inflates the variance of the mean, never below 1.

    Ratio of the between-cluster (ultimate cluster) variance of the mean to the binomial one
    (Kish 1965, section 5.4). One cluster or no variation leaves it at 1.
    """
    n = sum(len(cluster) for cluster in clusters)
    k = len(clusters)
    if k < 2:
        return 1.0
    p = sum(sum(cluster) for cluster in clusters) / n
    if p in (0.0, 1.0):
        return 1.0
    between = sum((sum(cluster) - p * len(cluster)) ** 2 for cluster in clusters)
    variance = k / (k - 1) * between / n**2
    return max(1.0, variance / (p * (1 - p) / n))
