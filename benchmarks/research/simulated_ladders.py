"""Simulated ladders: what the sequential modes cost, and how often they are wrong.

Scores are right or wrong with a probability that each task has; where the tasks differ, their
probabilities are drawn so that their mean is the given score exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verifiers.sequential.betting import Bounds, Floats, Side, make_log_growth, mix
from verifiers.sequential.ladder import (
    CHECK_ROUNDS,
    Alphas,
    Ladder,
    LadderOutcome,
    Mode,
    count_next_rounds,
    split_alpha,
)
from verifiers.sequential.sprt import make_steps

TASKS = 13
GRID_ROUNDS = 500  # what the published grid asks of each task at each length
_BLOCK = 400


@dataclass(frozen=True)
class Setting:
    """A mode with its threshold, error rate, budget in rounds a rung, and indifference zone."""

    mode: Mode
    threshold: float = 0.856
    alpha: float = 0.05
    most_rounds: int = GRID_ROUNDS
    zone: float = 0.02


@dataclass(frozen=True)
class Decided:
    """How one rung came out in each repetition: side (1, -1, 0 open), rounds, pilot run."""

    side: Floats
    rounds: Floats
    look: Floats


def draw_tasks(mean: float, spread: float, rng: np.random.Generator) -> Floats:
    """Return a probability for each task with this mean; `spread` 0 makes them equal."""
    tasks = np.full(TASKS, mean)
    if spread > 0 and 0 < mean < 1:
        tasks = rng.beta(mean / spread, (1 - mean) / spread, TASKS)
        for _ in range(200):
            tasks = np.clip(tasks + mean - tasks.mean(), 0, 1)
    return tasks


def simulate_rung(
    tasks: Floats, repeats: int, setting: Setting, alphas: Alphas, rng: np.random.Generator
) -> Decided:
    """Test one rung `repeats` times."""
    parts = [
        _simulate_block(tasks, min(_BLOCK, repeats - start), setting, alphas, rng)
        for start in range(0, repeats, _BLOCK)
    ]
    return Decided(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _simulate_block(
    tasks: Floats, repeats: int, setting: Setting, alphas: Alphas, rng: np.random.Generator
) -> tuple[Floats, Floats, Floats]:
    right = (rng.random((repeats, setting.most_rounds, TASKS)) < tasks).sum(axis=2)
    looks = _list_looks(setting.most_rounds)
    evidence = _find_evidence(right, setting)
    # What is decided within a block of rounds stays decided; it is seen at the block's end.
    above, below = (np.maximum.accumulate(side, axis=1)[:, looks - 1] for side in evidence)
    first_above = _find_first(above >= -np.log(alphas.above), looks)
    first_below = _find_first(below >= -np.log(alphas.below), looks)
    rounds = np.minimum(np.minimum(first_above, first_below), setting.most_rounds)
    side = np.sign(first_below - first_above)
    if setting.mode is Mode.SPRT:  # it decides in any case
        side = np.where(side == 0, np.where(evidence[0][:, -1] > 0, 1, -1), side)
    look = right[:, :CHECK_ROUNDS].sum(axis=1) / (CHECK_ROUNDS * TASKS)
    return side.astype(np.float64), rounds.astype(np.float64), look


def _find_evidence(right: Floats, setting: Setting) -> tuple[Floats, Floats]:
    """The evidence for above and for below after each round, shape (repeats, rounds)."""
    wrong = TASKS - right
    if setting.mode is Mode.SPRT:
        up, down = make_steps(setting.threshold, setting.zone)
        ratio = np.cumsum(right * up + wrong * down, axis=1)
        return ratio, -ratio
    threshold = setting.threshold
    bounds = Bounds(-threshold, 1 - threshold)
    growth = make_log_growth(np.array([1 - threshold, -threshold]), bounds)
    above, below = (
        mix(np.stack([np.cumsum(right * bet[0] + wrong * bet[1], axis=1) for bet in bets]))
        for bets in growth
    )
    return above, below


def _list_looks(most_rounds: int) -> NDArray[np.int64]:
    """After how many rounds evidence is looked at, when as many are asked at once as we do."""
    looks = [1]
    while looks[-1] < most_rounds:
        looks.append(min(looks[-1] + count_next_rounds(looks[-1]), most_rounds))
    return np.array(looks)


def _find_first(hit: NDArray[np.bool_], looks: NDArray[np.int64]) -> Floats:
    """The rounds after which it is first seen to be true; one more than there are, if never."""
    first = np.where(hit.any(axis=1), looks[hit.argmax(axis=1)], looks[-1] + 1)
    return np.asarray(first, dtype=np.float64)


def simulate_ladders(
    lengths: Sequence[int],
    scores: Sequence[float],
    repeats: int,
    setting: Setting,
    rng: np.random.Generator,
    spread: float = 0.0,
) -> list[LadderOutcome]:
    """Climb a ladder with these true scores `repeats` times."""
    alphas = split_alpha(setting.alpha, len(lengths))
    decided = [
        simulate_rung(draw_tasks(score, spread, rng), repeats, setting, alphas, rng)
        for score in scores
    ]
    return [_climb(list(lengths), decided, repeat, setting) for repeat in range(repeats)]


_SIDES = {1: Side.ABOVE, -1: Side.BELOW, 0: Side.OPEN}


def _climb(
    lengths: list[int], decided: Sequence[Decided], repeat: int, setting: Setting
) -> LadderOutcome:
    ladder = Ladder(lengths, setting.most_rounds)
    index = {length: position for position, length in enumerate(lengths)}
    while (rung := ladder.next_rung()) is not None:
        found = decided[index[rung.length]]
        rounds, side = int(found.rounds[repeat]), _SIDES[int(found.side[repeat])]
        is_look = rung.is_check and rung.rounds == 0 and rounds > CHECK_ROUNDS
        if is_look:
            rung.see(CHECK_ROUNDS, Side.OPEN, float(found.look[repeat]), setting.threshold)
        else:
            rung.see(rounds, side, float(found.look[repeat]), setting.threshold)
    for rung in ladder.rungs:  # one round is asked at every length, needed or not
        rung.rounds = max(rung.rounds, 1)
    return ladder.find_outcome()


def find_truth(lengths: Sequence[int], scores: Sequence[float], threshold: float) -> int:
    """Return the effective length by the rule, from the true scores."""
    truth = 0
    for length, score in zip(lengths, scores, strict=True):
        if score < threshold:
            break
        truth = length
    return truth


def is_wrong(outcome: LadderOutcome, truth: int) -> bool:
    """Whether what is shown contradicts the truth; a range that holds it does not."""
    return not outcome.shown <= truth <= outcome.possible
