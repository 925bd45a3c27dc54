"""Intervals: of measured proportions, and whether one holds a figure."""

from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """A closed interval, both ends in the unit of the value it belongs to."""

    low: float
    high: float


def make_wilson_interval(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Return the Wilson score interval of a proportion (Wilson 1927, JASA 22:209-212).

    No trials, no interval: n = 0 raises ValueError, since no data is never a number.
    """
    if n <= 0:
        raise ValueError("no trials: a proportion of nothing has no interval")
    if not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n} trials")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p = successes / n
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def covers(value: float, low: float | None, high: float | None, figure: float) -> bool:
    """Whether `figure` lies in the interval of `value`, or is it where there is no interval."""
    return (value if low is None else low) <= figure <= (value if high is None else high)
