"""The benchmark of sequential ladders: prompt tokens beside the full grid, on published scores."""

from pathlib import Path

from benchmarks.research.published_scores import GridReport, read_published, simulate_grid
from benchmarks.research.simulated_ladders import Setting
from benchmarks.support.measuring import Measured
from verifiers.sequential.ladder import Mode

_TABLE = Path(__file__).parents[1] / "published" / "ruler.csv"
_REPEATS = 300
_SPREAD = 0.3  # of the tasks' own scores around their mean


def measure_anytime() -> Measured:
    """The anytime-valid mode, with the whole grid as budget."""
    return _measure(Setting(Mode.ANYTIME))


def measure_sprt() -> Measured:
    """The mode with an indifference zone of 2 points."""
    return _measure(Setting(Mode.SPRT, alpha=0.01, most_rounds=100))


def _measure(setting: Setting) -> Measured:
    rows = read_published(_TABLE)
    equal = simulate_grid(rows, setting, _REPEATS)
    mixed = simulate_grid(rows, setting, _REPEATS, _SPREAD)
    notes = {"alpha": setting.alpha, "rounds_at_most": float(setting.most_rounds)}
    for name, report in (("equal_tasks", equal), ("mixed_tasks", mixed)):
        notes |= {f"{key}, {name}": value for key, value in _tell(report).items()}
    baseline = "500 samples of 13 tasks at each of 6 lengths"
    return Measured(mixed.tokens, "tokens", baseline, mixed.grid_tokens, _REPEATS, notes)


def _tell(report: GridReport) -> dict[str, float]:
    near = report.ladders - report.ladders_far
    return {
        "ratio": report.tokens / report.grid_tokens,
        "wrong_within_2_points": (report.wrong - report.wrong_far) / near,
        "wrong_beyond_2_points": report.wrong_far / report.ladders_far,
        "inconclusive": report.undecided / report.ladders,
    }
