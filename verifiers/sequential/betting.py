"""Anytime-valid tests of a bounded mean against zero, by betting.

An e-process is the wealth of a gambler who bets against a hypothesis in a fair game: if the
hypothesis is true, the wealth ever reaches 1/α with probability α at most, however often one
looks (Ville's inequality; Waudby-Smith and Ramdas, arXiv 2010.09686). What is bet on are margins:
a score less its threshold, or less a share of another score.

Rounds are stratified: one margin from each task. For a fixed bet the product over a round of
independent margins has, by the inequality of the means, an expectation of at most 1 when their
mean is on the wrong side, whatever the tasks' own means are. So wealth is looked at after whole
rounds only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Shares of the largest bet that cannot ruin. Wealth is the mean over all of them, so that no
# guess about the true mean is needed; each costs ln(9) of wealth at most.
BETS = np.array([0.01, 0.02, 0.045, 0.09, 0.16, 0.28, 0.45, 0.7, 0.95])


class Side(StrEnum):
    """Where a mean lies, as far as it is decided."""

    ABOVE = "above"
    BELOW = "below"
    OPEN = "open"


@dataclass(frozen=True)
class Bounds:
    """The least and the largest value that a margin can take; zero lies between."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not self.low < 0 < self.high:
            raise ValueError(f"a margin must be able to fall on both sides of 0, not {self}")


def make_log_growth(margins: Floats, bounds: Bounds) -> tuple[Floats, Floats]:
    """Return how much the logarithm of each bet's wealth grows by each margin.

    Two arrays of shape (len(BETS), *margins.shape): of bets that the mean is above zero, and of
    bets that it is below. Raises ValueError for a margin out of bounds.
    """
    slack = 1e-9
    if margins.size and not (
        bounds.low - slack <= margins.min() and margins.max() <= bounds.high + slack
    ):
        raise ValueError(f"margins from {margins.min()} to {margins.max()} are not in {bounds}")
    shares = BETS.reshape(-1, *[1] * margins.ndim)
    above = np.log1p(shares / -bounds.low * margins)
    below = np.log1p(-shares / bounds.high * margins)
    return above, below


def mix(log_wealth: Floats) -> Floats:
    """Return the logarithm of the mean wealth over bets, the first axis."""
    most = log_wealth.max(axis=0)
    mean = np.exp(log_wealth - most).mean(axis=0)
    return np.asarray(most + np.log(mean), dtype=np.float64)


class BettingTest:
    """Whether the mean of margins is above or below zero, decided at any time.

    `alpha_above` bounds the probability of ever saying "above" although it is not, and
    `alpha_below` the other one. Once decided it stays decided.
    """

    def __init__(self, bounds: Bounds, alpha_above: float, alpha_below: float) -> None:
        if not (0 < alpha_above < 1 and 0 < alpha_below < 1):
            raise ValueError("error rates lie between 0 and 1")
        self.bounds = bounds
        self.alpha_above, self.alpha_below = alpha_above, alpha_below
        self.rounds = 0
        self.side = Side.OPEN
        self._above = np.zeros(len(BETS))
        self._below = np.zeros(len(BETS))

    def add_round(self, margins: Sequence[float]) -> Side:
        """Take one round, a margin from each task; return where the mean lies."""
        above, below = make_log_growth(np.asarray(margins, dtype=np.float64), self.bounds)
        self._above += above.sum(axis=1)
        self._below += below.sum(axis=1)
        self.rounds += 1
        if self.side is Side.OPEN:
            self.side = self._decide()
        return self.side

    def _decide(self) -> Side:
        if self.log_evidence_above >= -np.log(self.alpha_above):
            return Side.ABOVE
        if self.log_evidence_below >= -np.log(self.alpha_below):
            return Side.BELOW
        return Side.OPEN

    @property
    def log_evidence_above(self) -> float:
        """Natural logarithm of the evidence that the mean is above zero."""
        return float(mix(self._above))

    @property
    def log_evidence_below(self) -> float:
        """Natural logarithm of the evidence that the mean is below zero."""
        return float(mix(self._below))


def make_confidence_interval(scores: Floats, alpha: float, grid: int = 1001) -> tuple[float, float]:
    """Return the anytime-valid interval of a mean score in [0, 1]; `scores` are (rounds, tasks).

    It holds all means that the bets did not rule out at `alpha`; with no scores it is [0, 1].
    """
    if scores.size == 0:
        return 0.0, 1.0
    kept = [mean for mean in np.linspace(0.0, 1.0, grid)[1:-1] if _is_possible(scores, mean, alpha)]
    step = 1.0 / (grid - 1)
    if not kept:  # the mean lies between two points of the grid
        middle = float(scores.mean())
        return max(0.0, middle - step), min(1.0, middle + step)
    return max(0.0, float(kept[0]) - step), min(1.0, float(kept[-1]) + step)


def _is_possible(scores: Floats, mean: float, alpha: float) -> bool:
    above, below = make_log_growth(scores - mean, Bounds(-mean, 1.0 - mean))
    limit = -np.log(alpha / 2)
    return all(
        mix(np.cumsum(growth.sum(axis=2), axis=1)).max() < limit for growth in (above, below)
    )
