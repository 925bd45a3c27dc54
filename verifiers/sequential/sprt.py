"""Wald's sequential probability ratio test with an indifference zone: cheaper, and weaker.

It compares a mean at `zone` above the threshold with one at `zone` below. Its error rates hold for
means outside the zone and for scores that are right or wrong; inside the zone it decides all the
same, and either side may come out. (Wald, Annals of Mathematical Statistics 16, 1945.)
"""

from collections.abc import Sequence

import numpy as np

from verifiers.sequential.betting import Side


class RatioTest:
    """Whether a mean score in [0, 1] lies above or below a threshold, but for the zone."""

    def __init__(
        self, threshold: float, zone: float, alpha_above: float, alpha_below: float
    ) -> None:
        if not 0 < threshold - zone < threshold + zone < 1:
            raise ValueError(f"a zone of {zone} around {threshold} leaves (0, 1)")
        if not (0 < alpha_above < 1 and 0 < alpha_below < 1):
            raise ValueError("error rates lie between 0 and 1")
        self.right, self.wrong = make_steps(threshold, zone)
        self.limits = -float(np.log(alpha_above)), float(np.log(alpha_below))
        self.rounds = 0
        self.log_ratio = 0.0
        self.side = Side.OPEN

    def add_round(self, scores: Sequence[float]) -> Side:
        """Take one round, a score from each task; return where the mean lies."""
        total = float(sum(scores))
        self.log_ratio += total * self.right + (len(scores) - total) * self.wrong
        self.rounds += 1
        if self.side is Side.OPEN:
            above, below = self.limits
            if self.log_ratio >= above:
                self.side = Side.ABOVE
            elif self.log_ratio <= below:
                self.side = Side.BELOW
        return self.side

    def decide_now(self) -> Side:
        """Return the likelier side, for when the budget is used up."""
        if self.side is not Side.OPEN:
            return self.side
        return Side.ABOVE if self.log_ratio > 0 else Side.BELOW


def make_steps(threshold: float, zone: float) -> tuple[float, float]:
    """Return what a right and a wrong answer add to the logarithm of the ratio."""
    high, low = threshold + zone, threshold - zone
    return float(np.log(high / low)), float(np.log((1 - high) / (1 - low)))
