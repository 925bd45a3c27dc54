"""Battles as other rating libraries want them, and their bootstraps, run in this process."""

from typing import Any

import numpy as np
import pandas as pd

from verifiers.ratings.games import Floats, Games


def make_arena_rank_dataset(games: Games) -> Any:
    """Return the games as arena-rank's PairDataset, in 64 bits."""
    import arena_rank.models.bradley_terry  # noqa: F401 (only this makes JAX compute in 64 bits)
    from arena_rank.utils.data_utils import PairDataset

    names = np.array(games.models)
    winner = np.select([games.score == 1, games.score == 0], ["model_a", "model_b"], "tie")
    frame = pd.DataFrame(
        {"model_a": names[games.first], "model_b": names[games.second], "winner": winner}
    )
    return PairDataset.from_pandas(frame)


def bootstrap_with_arena_rank(dataset: Any, times: int) -> tuple[Floats, Floats]:
    """Fit and bootstrap as `BradleyTerry.compute_ratings_and_cis` does, without its processes.

    Returns ratings of shape (models,) in the order of the dataset's competitors, and draws of
    shape (times, models), both in points.
    """
    import jax
    from arena_rank.models.bradley_terry import BradleyTerry, fit_single_bootstrap_sample

    model = BradleyTerry(len(dataset.competitors))
    model.fit(dataset)
    total = dataset.counts.sum()
    drawn = jax.random.multinomial(
        jax.random.PRNGKey(42), int(total), dataset.counts / total,
        shape=(times, dataset.counts.shape[0]), dtype=model.dtype,
    )  # fmt: skip
    fitted = [fit_single_bootstrap_sample(sample, model, dataset)["ratings"] for sample in drawn]
    scaled = [np.array(ratings) * model.alpha + model.init_rating for ratings in fitted]
    return np.array(model.params["ratings"]) * model.alpha + model.init_rating, np.stack(scaled)


def list_for_evalica(games: Games) -> tuple[list[str], list[str], list[Any]]:
    """Return the games as evalica takes them: names of both sides, and winners."""
    from evalica import Winner

    names = np.array(games.models)
    outcomes = np.array([Winner.Y, Winner.Draw, Winner.X], dtype=object)
    winners = outcomes[(games.score * 2).astype(int)]
    return names[games.first].tolist(), names[games.second].tolist(), winners.tolist()


def bootstrap_with_evalica(listed: tuple[list[str], list[str], list[Any]], times: int) -> Any:
    """Fit and bootstrap with percentile intervals; its own default asks for terabytes here."""
    from evalica import bootstrap, bradley_terry

    return bootstrap(
        bradley_terry, *listed, n_resamples=times, bootstrap_method="percentile", random_state=1
    )
