"""The benchmarks of ratings: fits a second, one fit and its bootstraps, on a million battles.

The same battles and the same machine in one run; battles are made ready in each library's own
form before the clock starts. `ratio` is how many times faster ours is.
"""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from benchmarks.support.measuring import Measured
from benchmarks.support.rating_libraries import (
    bootstrap_with_arena_rank,
    bootstrap_with_evalica,
    list_for_evalica,
    make_arena_rank_dataset,
)
from kb.domain.errors import UserError
from verifiers.ratings.bootstrap import resample_games
from verifiers.ratings.games import Floats, Games

_MODELS, _GAMES, _TIMES = 200, 1_000_000, 100
_EVALICA_TIMES = 10  # each takes as long as the one before
_RUNS = 3
_REMEDY = "is not installed; `make setup` installs it, or pip install"


def measure_arena_rank() -> Measured:
    """Ours against arena-rank's bootstrap, both 100 times, games drawn one by one."""
    try:
        dataset = make_arena_rank_dataset(_draw_games())
    except ImportError:
        raise UserError(f"arena-rank {_REMEDY} --no-deps arena-rank==0.1.1") from None
    ours, notes = _time_ours()
    (ratings, draws), seconds = _time_one(lambda: bootstrap_with_arena_rank(dataset, _TIMES))
    order = np.argsort(np.array(dataset.competitors))
    mine = resample_games(_draw_games(), _TIMES, 1, by_prompt=False)
    bounds = np.quantile(draws[:, order], [0.025, 0.975], axis=0)
    rated = mine.make_rated()
    notes |= {
        "largest difference of ratings, points": _compare(mine.points, ratings[order]),
        "mean difference of bounds, points": float(
            np.abs(np.stack([rated.low, rated.high]) - bounds).mean()
        ),
        "seconds, arena-rank": seconds,
    }
    baseline = f"arena-rank 0.1.1, fit and {_TIMES} bootstraps in process"
    return Measured((_TIMES + 1) / ours, "fits/s", baseline, (_TIMES + 1) / seconds, _RUNS, notes)


def measure_evalica() -> Measured:
    """Ours against evalica's fit of the raw battles and its bootstrap."""
    try:
        listed = list_for_evalica(_draw_games())
    except ImportError:
        raise UserError(f"evalica {_REMEDY} evalica==0.4.2") from None
    ours, notes = _time_ours()
    found, seconds = _time_one(lambda: bootstrap_with_evalica(listed, _EVALICA_TIMES))
    logs = np.log(found.result.scores.sort_index().to_numpy())
    theirs = (logs - logs.mean()) * 400 / np.log(10) + 1000
    points = resample_games(_draw_games(), 1, 1, by_prompt=False).points
    notes |= {
        "largest difference of ratings, points": _compare(points, theirs),
        "seconds, evalica": seconds,
    }
    baseline = f"evalica 0.4.2, fit and {_EVALICA_TIMES} bootstraps"
    rate = (_EVALICA_TIMES + 1) / seconds
    return Measured((_TIMES + 1) / ours, "fits/s", baseline, rate, _RUNS, notes)


def _draw_games() -> Games:
    """Battles of models with strengths that spread by 140 points; a quarter are ties."""
    random = np.random.default_rng(_MODELS)
    strength = random.normal(0, 0.8, _MODELS)
    first = random.integers(0, _MODELS, _GAMES)
    second = (first + random.integers(1, _MODELS, _GAMES)) % _MODELS
    won = random.random(_GAMES) < 1 / (1 + np.exp(strength[second] - strength[first]))
    score = np.where(random.random(_GAMES) < 0.25, 0.5, won.astype(np.float64))
    names = tuple(f"m{place:04}" for place in range(_MODELS))
    return Games(names, first, second, score, random.integers(0, _GAMES // 5, _GAMES))


def _time_ours() -> tuple[float, dict[str, float]]:
    """Median seconds of a fit with its bootstraps by games; beside it by prompts."""
    games = _draw_games()
    plain = [
        _time_one(lambda: resample_games(games, _TIMES, 1, by_prompt=False))[1]
        for _ in range(_RUNS)
    ]
    clustered = _time_one(lambda: resample_games(games, _TIMES, 1))[1]
    return median(plain), {"seconds, ours": median(plain), "seconds, ours by prompt": clustered}


def _time_one(function: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    value = function()
    return value, time.perf_counter() - began


def _compare(one: Floats, other: Floats) -> float:
    return float(np.abs(one - other).max())
