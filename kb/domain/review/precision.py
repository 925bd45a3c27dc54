"""How often each reader is right, by what people decided; which readers have earned acceptance.

A reading that a person mended was wrong. Only readings that a person looked at one by one count:
three hundred cells of one table, accepted at once, are one look.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kb.domain.intervals import Interval, make_exact_interval
from kb.domain.review.decisions import Choice

LEAST_N, LEAST_LOW = 300, 0.99


@dataclass(frozen=True, order=True)
class ReadingKind:
    """What precision is counted by: which extractor, what it read, in what sort of source."""

    extractor: str
    kind: str
    source_kind: str


@dataclass(frozen=True)
class Precision:
    """How many readings of a kind people looked at, how many were right, and the interval."""

    n: int
    right: int

    @property
    def share(self) -> float:
        """The share that was right."""
        return self.right / self.n

    @property
    def interval(self) -> Interval:
        """Its interval; each end is exceeded with a probability of at most 5%."""
        return make_exact_interval(self.right, self.n, 0.9)

    @property
    def is_earned(self) -> bool:
        """Whether a rule may accept readings of this kind."""
        return self.n >= LEAST_N and self.interval.low >= LEAST_LOW


Judged = tuple[ReadingKind, str, str]  # what kind of reading, its key, what a person said of it


def count_precisions(
    judged: Iterable[Judged],
) -> dict[ReadingKind, Precision]:
    """Return the precision of each kind.

    One reading counts once, in however many snapshots it was made.
    """
    once = {(kind, key): choice for kind, key, choice in judged}
    n = Counter(kind for kind, _ in once)
    right = Counter(kind for (kind, _), choice in once.items() if choice == Choice.ACCEPTED)
    return {kind: Precision(n[kind], right[kind]) for kind in sorted(n)}
