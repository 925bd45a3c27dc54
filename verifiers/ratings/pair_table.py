"""The table of pair counts: all that a fit without style needs to know of a million games."""

from dataclasses import dataclass

import numpy as np

from verifiers.ratings.games import Floats, Games, Ints

OUTCOMES = np.array([0.0, 0.5, 1.0])


@dataclass(frozen=True)
class PairTable:
    """Pairs that met: `low` and `high` are places of models, low < high, shape (pairs,).

    `counts` has shape (pairs, 3): games lost, tied and won by `low`. `cell_of_game` tells for
    each game its place in the flattened counts; with weights on games, counts can be made again.
    """

    models: int
    low: Ints
    high: Ints
    counts: Floats
    cell_of_game: Ints

    def recount(self, weight_of_game: Floats) -> Floats:
        """Return counts with games weighted, shape (pairs, 3)."""
        cells = self.counts.size
        weighted = np.bincount(self.cell_of_game, weights=weight_of_game, minlength=cells)
        return np.asarray(weighted, dtype=np.float64).reshape(self.counts.shape)


def make_pair_table(games: Games) -> PairTable:
    """Count games by pair and outcome."""
    models = len(games.models)
    is_turned = games.first > games.second
    low = np.where(is_turned, games.second, games.first)
    high = np.where(is_turned, games.first, games.second)
    score = np.where(is_turned, 1.0 - games.score, games.score)
    keys = low * models + high
    met = np.flatnonzero(np.bincount(keys, minlength=models * models))
    place = np.zeros(models * models, dtype=np.int64)
    place[met] = np.arange(len(met))
    cells = place[keys] * 3 + (score * 2).astype(np.int64)
    counts = np.bincount(cells, minlength=len(met) * 3).astype(np.float64).reshape(-1, 3)
    return PairTable(models, met // models, met % models, counts, cells)
