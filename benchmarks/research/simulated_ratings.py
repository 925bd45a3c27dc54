"""Simulate battles with known ratings and prompt effects, and count what intervals cover.

Each prompt suits each model more or less: an effect on its strength that all games on the prompt
share. The ratings that intervals should hold are those of a fit to endlessly many prompts, which
are computed, not drawn: the expected score of each pair over the effects, by Gauss-Hermite
quadrature, then one fit.
"""

from dataclasses import dataclass

import numpy as np

from kb.domain.elo import POINTS_PER_UNIT
from verifiers.ratings.bootstrap import resample_games
from verifiers.ratings.bradley_terry import Scale, fit_ratings
from verifiers.ratings.games import Floats, Games, Ints
from verifiers.ratings.pair_table import OUTCOMES, PairTable
from verifiers.ratings.sandwich import Rated, rate_games

_NODES = 60


@dataclass(frozen=True)
class World:
    """What is simulated: strengths in points, prompts, and the spread of effects in points.

    Every pair meets once on every prompt; `tie_share` of games are ties, whoever is stronger.
    """

    strengths: tuple[float, ...] = (1200.0, 1120.0, 1040.0, 960.0, 880.0, 800.0)
    prompts: int = 150
    effect: float = 200.0
    tie_share: float = 0.2

    @property
    def models(self) -> int:
        """How many models meet."""
        return len(self.strengths)

    def list_pairs(self) -> tuple[Ints, Ints]:
        """Return the places of both sides of every pair."""
        first, second = np.triu_indices(self.models, 1)
        return first.astype(np.int64), second.astype(np.int64)


@dataclass(frozen=True)
class Coverage:
    """Shares of intervals that hold the true rating, over all models and simulations."""

    simulations: int
    by_prompt: float
    by_game: float
    sandwich_by_prompt: float
    sandwich_by_game: float


def compute_true_points(world: World) -> Floats:
    """Return the ratings that endlessly many prompts would give, shape (models,)."""
    first, second = world.list_pairs()
    gap = (np.array(world.strengths)[first] - np.array(world.strengths)[second]) / POINTS_PER_UNIT
    spread = np.sqrt(2) * world.effect / POINTS_PER_UNIT
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    chance = (1 / (1 + np.exp(-(gap[:, None] + spread * nodes)))) @ (weights / weights.sum())
    decided = 1 - world.tie_share
    counts = np.stack(
        [decided * (1 - chance), np.full_like(gap, world.tie_share), decided * chance], axis=1
    )
    table = PairTable(world.models, first, second, counts, np.zeros(0, dtype=np.int64))
    return fit_ratings(table, Scale({}))


def draw_games(world: World, random: np.random.Generator) -> Games:
    """Return one simulated set of battles, prompt by prompt."""
    first, second = world.list_pairs()
    shape = world.prompts, world.models
    strong = np.array(world.strengths) + world.effect * random.standard_normal(shape)
    gap = (strong[:, first] - strong[:, second]) / POINTS_PER_UNIT
    won = (random.random(gap.shape) < 1 / (1 + np.exp(-gap))).astype(np.float64)
    score = np.where(random.random(gap.shape) < world.tie_share, OUTCOMES[1], won)
    prompt = np.repeat(np.arange(world.prompts), len(first))
    names = tuple(f"model {place}" for place in range(world.models))
    return Games(
        names,
        np.tile(first, world.prompts),
        np.tile(second, world.prompts),
        score.ravel(),
        prompt,
    )


def simulate_coverage(world: World, simulations: int, times: int, seed: int) -> Coverage:
    """Return how often 95% intervals of each kind hold the true ratings."""
    true = compute_true_points(world)
    random = np.random.default_rng(seed)
    held = np.zeros((simulations, 4))
    for number in range(simulations):
        games = draw_games(world, random)
        drawn = int(random.integers(2**31))
        intervals = (
            resample_games(games, times, drawn).make_rated(),
            resample_games(games, times, drawn, by_prompt=False).make_rated(),
            rate_games(games, by_prompt=True),
            rate_games(games),
        )
        held[number] = [_hold(interval, true) for interval in intervals]
    return Coverage(simulations, *(float(share) for share in held.mean(axis=0)))


def _hold(rated: Rated, true: Floats) -> float:
    return float(((rated.low <= true) & (true <= rated.high)).mean())
