"""The benchmark of rating intervals: how often they hold the truth when prompts matter."""

from benchmarks.research.simulated_ratings import World, simulate_coverage
from benchmarks.support.measuring import Measured

_SIMULATIONS, _TIMES, _SEED = 1000, 300, 7
_STRONG = 400.0  # points


def measure_coverage() -> Measured:
    """Coverage of 95% intervals with prompts drawn whole, beside games drawn one by one."""
    usual = simulate_coverage(World(), _SIMULATIONS, _TIMES, _SEED)
    strong = simulate_coverage(World(effect=_STRONG), _SIMULATIONS // 5, _TIMES, _SEED)
    notes = {
        "sandwich by prompt": usual.sandwich_by_prompt,
        "sandwich by game": usual.sandwich_by_game,
        "effect of prompts, points": World().effect,
        f"by prompt, effect {_STRONG:g}": strong.by_prompt,
        f"by game, effect {_STRONG:g}": strong.by_game,
    }
    baseline = "bootstrap of games, one by one"
    return Measured(usual.by_prompt, "share", baseline, usual.by_game, _SIMULATIONS, notes)
