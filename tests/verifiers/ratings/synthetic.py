"""Synthetic battles of models with known strengths, for tests and for comparing libraries."""

import numpy as np

from verifiers.ratings.games import Games


def draw_random_games(models, games, seed, spread=0.8, tie_share=0.25):
    random = np.random.default_rng(seed)
    strength = random.normal(0, spread, models)
    first = random.integers(0, models, games)
    second = (first + random.integers(1, models, games)) % models
    won = random.random(games) < 1 / (1 + np.exp(strength[second] - strength[first]))
    score = np.where(random.random(games) < tie_share, 0.5, won.astype(float))
    names = tuple(f"m{place:04}" for place in range(models))
    return Games(names, first, second, score, random.integers(0, max(2, games // 5), games))
