"""Who hears how far a run is, and the report at its end."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Listener:
    """Whom to tell how far it is. `total` counts what `advance` is told in.

    `stored` hears of each test whose results are on record now.
    """

    say: Callable[[str], None] = lambda words: None
    start: Callable[[str, int], None] = lambda title, total: None
    advance: Callable[[int], None] = lambda steps: None
    stored: Callable[[str], None] = lambda title: None


@dataclass
class VerifyReport:
    """What was measured, what was there already, what was left out and why."""

    measured: int = 0
    reused: int = 0
    questions: int = 0
    new_rows: int = 0
    failed: int = 0
    left_out: list[str] = field(default_factory=list)
