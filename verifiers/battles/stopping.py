"""When battles are enough: the claim is decided, however often one looks.

Each prompt gives one margin: the mean over opponents of the challenger's score, less what the
claimed rating would score against that opponent. Prompts are drawn independently
from one distribution, so the margins are bet on (`verifiers.sequential.betting`), and the error
rate holds at whatever moment asking stops.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from kb.domain.elo import compute_win_rate
from verifiers.sequential.betting import BettingTest, Bounds, Side


def compute_expected(
    anchors: Mapping[str, float | None], claimed: float | None
) -> dict[str, float]:
    """Return the score against each opponent that the claim implies; 0.5 where there is no claim.

    Without the rating of an opponent a claim says nothing about meeting it.
    """
    return {
        name: 0.5 if claimed is None or points is None else compute_win_rate(claimed - points)
        for name, points in anchors.items()
    }


@dataclass
class Stopping:
    """Takes prompts in order; says on which side of the claim the challenger is.

    At least `least` prompts are asked.
    """

    expected: Mapping[str, float]
    least: int = 0
    alpha: float = 0.05
    prompts: int = 0
    _test: BettingTest = field(init=False)

    def __post_init__(self) -> None:
        mean = float(np.mean(list(self.expected.values())))
        half = self.alpha / 2
        self._test = BettingTest(Bounds(-mean, 1 - mean), half, half)

    def take(self, scores: Mapping[str, float | None]) -> None:
        """Take the scores against all opponents on one prompt; undecided battles count as ties."""
        known = [0.5 if scores[name] is None else scores[name] for name in self.expected]
        mean = float(np.mean(list(self.expected.values())))
        self._test.add_round([float(np.mean(np.array(known, dtype=np.float64))) - mean])
        self.prompts += 1

    @property
    def side(self) -> Side:
        """Above or below what is claimed, or still open."""
        return self._test.side

    @property
    def is_enough(self) -> bool:
        """Whether no more prompts are wanted."""
        return self.prompts >= self.least and self.side is not Side.OPEN
