"""The published grid of scores by length, as a world to simulate ladders in."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.research.simulated_ladders import (
    GRID_ROUNDS,
    TASKS,
    Setting,
    find_truth,
    is_wrong,
    simulate_ladders,
)

_LENGTHS = {f"score_{k}k": k * 1024 for k in (4, 8, 16, 32, 64, 128)}


@dataclass(frozen=True)
class PublishedRow:
    """A model's published mean scores, 0 to 1, by length in tokens."""

    model: str
    lengths: list[int]
    scores: list[float]


@dataclass(frozen=True)
class GridReport:
    """What a mode costs over all rows, and how often it is wrong or open.

    `near` rows have a score within the zone around the threshold among those that decide.
    """

    tokens: float
    grid_tokens: float
    ladders: int
    wrong: int
    wrong_far: int
    ladders_far: int
    undecided: int


def read_published(path: Path) -> list[PublishedRow]:
    """Return the rows of a table with columns model, score_4k, … score_128k (percent)."""
    rows = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            known = {n: float(row[c]) / 100 for c, n in _LENGTHS.items() if row.get(c)}
            rows.append(PublishedRow(row["model"], list(known), list(known.values())))
    return rows


def is_near(row: PublishedRow, setting: Setting) -> bool:
    """Whether a score that decides the effective length lies within the zone of the threshold."""
    truth = find_truth(row.lengths, row.scores, setting.threshold)
    deciding = row.scores[: sum(length <= truth for length in row.lengths) + 1]
    return any(abs(score - setting.threshold) <= setting.zone + 1e-9 for score in deciding)


def simulate_grid(
    rows: list[PublishedRow], setting: Setting, repeats: int, spread: float = 0.0, seed: int = 1
) -> GridReport:
    """Climb each row's ladder `repeats` times; the same seed gives the same report."""
    tokens = grid = 0.0
    counts = {"wrong": 0, "wrong_far": 0, "ladders_far": 0, "undecided": 0}
    for number, row in enumerate(rows):
        rng = np.random.default_rng([seed, number])
        outcomes = simulate_ladders(row.lengths, row.scores, repeats, setting, rng, spread)
        truth = find_truth(row.lengths, row.scores, setting.threshold)
        wrong = sum(is_wrong(outcome, truth) for outcome in outcomes)
        far = not is_near(row, setting)
        tokens += float(np.mean([outcome.count_tokens(TASKS) for outcome in outcomes]))
        grid += float(GRID_ROUNDS * TASKS * sum(row.lengths))
        counts["wrong"] += wrong
        counts["wrong_far"] += wrong * far
        counts["ladders_far"] += repeats * far
        counts["undecided"] += sum(not outcome.is_decided for outcome in outcomes)
    return GridReport(tokens, grid, repeats * len(rows), **counts)
