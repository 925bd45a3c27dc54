"""Battles as other rating libraries want them, for comparisons with arena-rank and evalica."""

from typing import Any

import numpy as np
import pandas as pd

from verifiers.ratings.games import Games


def make_arena_rank_dataset(games: Games) -> Any:
    """Return the games as arena-rank's PairDataset."""
    from arena_rank.utils.data_utils import PairDataset

    names = np.array(games.models)
    winner = np.select([games.score == 1, games.score == 0], ["model_a", "model_b"], "tie")
    frame = pd.DataFrame(
        {"model_a": names[games.first], "model_b": names[games.second], "winner": winner}
    )
    return PairDataset.from_pandas(frame)
