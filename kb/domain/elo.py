"""The scale of ratings: points to expected win rates and back.

A difference of 400 points is odds of ten to one (A. Elo, The Rating of Chessplayers, 1978,
section 8.4); ratings of a Bradley-Terry model are put on the same scale.
"""

from math import log, log10

POINTS_PER_UNIT = 400 / log(10)  # of the natural logarithm of the odds


def compute_win_rate(gap: float) -> float:
    """Return the expected share of wins, a tie counting half, of one `gap` points stronger."""
    return float(1 / (1 + 10 ** (-max(-6000.0, min(6000.0, gap)) / 400)))


def compute_gap(win_rate: float) -> float:
    """Return by how many points one is stronger that wins this share.

    Raises ValueError for a share of 0 or 1: no finite gap gives it.
    """
    if not 0 < win_rate < 1:
        raise ValueError(f"no finite gap has a win rate of {win_rate}")
    return 400 * log10(win_rate / (1 - win_rate))
