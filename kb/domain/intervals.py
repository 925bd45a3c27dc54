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


def make_exact_interval(successes: int, n: int, confidence: float = 0.95) -> Interval:
    """Return the exact interval of a proportion (Clopper and Pearson 1934, Biometrika 26:404-413).

    Each end alone is a bound at half the error: at 0.9, low is a lower bound at 95%. No trials
    raise ValueError.
    """
    from scipy.special import betaincinv  # half a second to import, and seldom wanted

    if n <= 0 or not 0 <= successes <= n:
        raise ValueError(f"{successes} successes of {n} trials")
    tail, failures = (1 - confidence) / 2, n - successes
    low = 0.0 if successes == 0 else float(betaincinv(successes, failures + 1, tail))
    high = 1.0 if failures == 0 else float(betaincinv(successes + 1, failures, 1 - tail))
    return Interval(low, high)


def covers(value: float, low: float | None, high: float | None, figure: float) -> bool:
    """Whether `figure` lies in the interval of `value`, or is it where there is no interval."""
    return (value if low is None else low) <= figure <= (value if high is None else high)
