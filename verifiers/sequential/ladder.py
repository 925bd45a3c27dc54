"""A ladder of lengths tested in sequence: which rung is asked next, and what is known so far.

The effective length is the longest rung such that it and all shorter ones lie above the
threshold. To say "at least L" wrongly, one rung that lies below must be called above, so each
rung may err that way with α/2. To say "less than L" wrongly, one of up to K rungs that lie above
must be called below, so each may err with α/2K. Together the ladder errs with at most α.

Rungs are climbed two at a time, and the search turns back when one lies below. What is skipped
leans on scores that do not rise with length; it is checked with a few rounds, and asked in full
if these speak against it.
"""

from dataclasses import dataclass
from enum import StrEnum

from verifiers.sequential.betting import Side

CHECK_ROUNDS = 4
_STRIDE = 2
_PART = 16


class Mode(StrEnum):
    """How a rung is tested: valid at any time, or cheaper with an indifference zone."""

    ANYTIME = "anytime"
    SPRT = "sprt"


def count_next_rounds(rounds: int) -> int:
    """Return how many rounds to ask before the next look, after `rounds` of them.

    One at first; later a sixteenth of what was asked, so that an engine has enough to do.
    """
    return max(1, rounds // _PART)


@dataclass(frozen=True)
class Alphas:
    """The error rates of one rung."""

    above: float
    below: float


def split_alpha(alpha: float, rungs: int) -> Alphas:
    """Return each rung's error rates, so that the whole ladder errs with at most `alpha`."""
    return Alphas(alpha / 2, alpha / 2 / rungs)


@dataclass
class Rung:
    """A rung: its length in tokens, its budget, and what was seen of it.

    `is_check` tells that a longer one holds, so that a look is enough; `is_doubted` that the look
    spoke against it.
    """

    length: int
    most_rounds: int
    rounds: int = 0
    side: Side = Side.OPEN
    mean: float = 0.0
    is_check: bool = False
    is_doubted: bool = False

    def see(self, rounds: int, side: Side, mean: float, threshold: float) -> None:
        """Take over what is known after `rounds` rounds."""
        self.rounds, self.side, self.mean = rounds, side, mean
        if self.is_check and rounds >= CHECK_ROUNDS and mean < threshold:
            self.is_doubted = True

    @property
    def is_passed_over(self) -> bool:
        """Whether it was only looked at, and the look was good."""
        is_looked_at = self.is_check and not self.is_doubted and self.rounds >= CHECK_ROUNDS
        return is_looked_at and self.side is Side.OPEN

    @property
    def has_failed(self) -> bool:
        """Whether it lies below, or has spent its budget without a decision."""
        is_used_up = self.side is Side.OPEN and self.rounds >= self.most_rounds
        return self.side is Side.BELOW or is_used_up

    @property
    def is_settled(self) -> bool:
        """Whether it needs no more rounds."""
        return self.side is Side.ABOVE or self.has_failed or self.is_passed_over


@dataclass(frozen=True)
class LadderOutcome:
    """What a ladder shows: effective at `shown` tokens at least, and at `possible` at most.

    `is_decided` if both are equal. `leans_on` are lengths that were only looked at; `rounds` tells
    how many rounds each length was asked.
    """

    shown: int
    possible: int
    leans_on: tuple[int, ...]
    rounds: dict[int, int]

    @property
    def is_decided(self) -> bool:
        """Whether the effective length is one rung for sure."""
        return self.shown == self.possible

    def count_tokens(self, tasks: int) -> int:
        """Prompt tokens of all rounds, with one question per task in each."""
        return tasks * sum(length * rounds for length, rounds in self.rounds.items())


class Ladder:
    """The rungs, shortest first, and the search among them."""

    def __init__(self, lengths: list[int], most_rounds: int) -> None:
        if not lengths or sorted(set(lengths)) != lengths:
            raise ValueError("a ladder has lengths that rise")
        self.rungs = [Rung(length, most_rounds) for length in lengths]

    def next_rung(self) -> Rung | None:
        """Return the rung to ask a round of; None when there is nothing left to ask."""
        asked = self._list_asked()
        for rung in asked:
            rung.is_check = False
            if not rung.is_settled:
                return rung
        for rung in self._list_skipped(asked):
            rung.is_check = True
            if not rung.is_settled:
                return rung
        return None

    def _list_asked(self) -> list[Rung]:
        """Every second rung up to the first that lies below, and all just before one that fails.

        A rung fails if it lies below or has spent its budget; in the latter case longer ones are
        still asked, since they may lie below.
        """
        low = self._find_low()
        last = len(self.rungs) - 1 if low is None else low
        chosen = {*range(0, last, _STRIDE), last}
        for failed in [place for place in sorted(chosen) if self.rungs[place].has_failed]:
            chosen |= {*range(max(failed - _STRIDE + 1, 0), failed)}
        return [self.rungs[place] for place in sorted(chosen)]

    def _list_skipped(self, asked: list[Rung]) -> list[Rung]:
        """Rungs that were not asked, under the longest one that holds."""
        above = [place for place, rung in enumerate(self.rungs) if rung.side is Side.ABOVE]
        under = self.rungs[: max(above, default=0)]
        return [rung for rung in under if rung not in asked]

    def _find_low(self) -> int | None:
        sides = [rung.side for rung in self.rungs]
        return sides.index(Side.BELOW) if Side.BELOW in sides else None

    def find_outcome(self) -> LadderOutcome:
        """Return what is shown so far."""
        low = self._find_low()
        shown, possible = 0, self.rungs[-1].length if low is None else 0
        if low:
            possible = self.rungs[low - 1].length
        leaning: list[int] = []
        waiting: list[int] = []
        for rung in self.rungs:
            if rung.side is Side.ABOVE:
                leaning, waiting, shown = leaning + waiting, [], rung.length
            elif rung.is_passed_over:
                waiting.append(rung.length)
            else:
                break
        rounds = {rung.length: rung.rounds for rung in self.rungs if rung.rounds}
        return LadderOutcome(shown, possible, tuple(leaning), rounds)
