"""How a benchmark is measured: alternating runs, medians, a ratio."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Measured:
    """A median, beside the median of a named baseline in the same run, and what else counts."""

    value: float
    unit: str
    baseline: str
    baseline_value: float
    n: int
    notes: dict[str, float] = field(default_factory=dict)

    @property
    def ratio(self) -> float:
        """Value over baseline."""
        return self.value / self.baseline_value


def time_beside(
    ours: Callable[[], object], baseline_name: str, baseline: Callable[[], object], n: int = 5
) -> Measured:
    """Return medians in seconds of `n` runs each, taken in turns after one that is not counted."""
    ours()
    baseline()
    pairs = [(_time(ours), _time(baseline)) for _ in range(n)]
    return Measured(
        median(pair[0] for pair in pairs), "s", baseline_name, median(pair[1] for pair in pairs), n
    )


def _time(function: Callable[[], object]) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began
