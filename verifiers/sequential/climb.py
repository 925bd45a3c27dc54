"""One ladder climbed by two rules at once: which rounds to ask next, what is known at the end.

Both rules hold each round's scores against something: the absolute one against a fixed score,
the relative one against a share of the score that the same round earned at the shortest length.
They share every answer, and the error rate: each may err with half of it.

First one round is asked at every length, from the shortest up, as far as two thirds of the budget
go, so that there is a picture; then the rules ask what they need, one after the other.
What is asked follows from the answers alone, so a climb that was broken off goes on the same way.
"""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass

import numpy as np

from verifiers.sequential.betting import BettingTest, Bounds, Floats, Side
from verifiers.sequential.ladder import (
    Alphas,
    Ladder,
    LadderOutcome,
    Mode,
    Rung,
    count_next_rounds,
    split_alpha,
)
from verifiers.sequential.sprt import RatioTest

_LOOK_SHARE = 2 / 3
_RULES = 2
_UNKNOWN_SCORE = 0.5
Round = tuple[int, int]  # a length in tokens, and the number of the round there
Scores = dict[int, list[Floats]]  # by length: for each round one score a task, 0 to 1


@dataclass(frozen=True)
class LengthRule:
    """A score is high enough if it is at least `constant` + `share` × the score at the shortest."""

    name: str
    constant: float = 0.0
    share: float = 0.0

    @property
    def is_relative(self) -> bool:
        """Whether it measures a model by its own score."""
        return self.share > 0

    @property
    def bounds(self) -> Bounds:
        """The least and the largest margin."""
        return Bounds(-(self.constant + self.share), 1 - self.constant)

    def make_margins(self, scores: Floats, base: Floats) -> Floats:
        """Return by how much each task's score is higher than the rule asks for."""
        return scores - self.constant - self.share * base

    def find_threshold(self, base_mean: float) -> float:
        """Return the mean score that is asked for, given the mean at the shortest length."""
        return self.constant + self.share * base_mean


@dataclass(frozen=True)
class ClimbTerms:
    """The terms of a climb; `alpha` is for both rules together.

    `questions` are asked in each round. `budget_tokens` counts prompt and answer of every one.
    """

    lengths: tuple[int, ...]
    questions: int
    budget_tokens: int
    most_rounds: int
    mode: Mode = Mode.ANYTIME
    alpha: float = 0.05
    zone: float = 0.02

    def count_tokens(self, rounds: Sequence[Round]) -> int:
        """Return what these rounds cost at most."""
        return self.questions * sum(length for length, _ in rounds)


class RuleClimb:
    """The climb by one rule: its ladder, and a test for each rung."""

    def __init__(self, rule: LengthRule, terms: ClimbTerms) -> None:
        self.rule = rule
        self.mode = terms.mode
        self.ladder = Ladder(list(terms.lengths), terms.most_rounds)
        alphas = split_alpha(terms.alpha / _RULES, len(terms.lengths))
        self._tests = {
            length: _make_test(rule.bounds, terms, alphas)
            for length in terms.lengths[rule.is_relative :]
        }
        self.is_silent = rule.is_relative and len(terms.lengths) == 1
        if rule.is_relative and not self.is_silent:  # the shortest is the measure of all others
            self.ladder.rungs[0].see(0, Side.ABOVE, 1.0, 0.0)

    def take(self, scores: Scores) -> None:
        """Take over the rounds that are not yet known here."""
        base = scores.get(self.ladder.rungs[0].length, [])
        base_mean = _mean(base)
        for rung in self.ladder.rungs:
            test = self._tests.get(rung.length)
            own = scores.get(rung.length, [])
            ready = min(len(own), len(base)) if self.rule.is_relative else len(own)
            if test is None or ready <= test.rounds:
                continue
            for number in range(test.rounds, ready):
                measure = base[number] if self.rule.is_relative else np.zeros_like(own[number])
                test.add_round(list(self.rule.make_margins(own[number], measure)))
            side = _find_side(test, rung)
            rung.see(test.rounds, side, _mean(own), self.rule.find_threshold(base_mean))

    def list_wanted(self, scores: Scores) -> list[Round]:
        """Return the rounds to ask next; none when this rule is done."""
        rung = None if self.is_silent else self.ladder.next_rung()
        if rung is None:
            return []
        first = rung.rounds
        numbers = range(first, first + count_next_rounds(first))
        lengths = [rung.length]
        if self.rule.is_relative:
            lengths.insert(0, self.ladder.rungs[0].length)
        return [
            (n, number) for n in lengths for number in numbers if number >= len(scores.get(n, []))
        ]

    @property
    def outcome(self) -> LadderOutcome:
        """What is shown so far."""
        return self.ladder.find_outcome()


class Climb:
    """Both rules on the same answers."""

    def __init__(self, terms: ClimbTerms, rules: Sequence[LengthRule]) -> None:
        if len(rules) != _RULES:
            raise ValueError(f"the error rate is split among {_RULES} rules")
        self.terms = terms
        self.scores: Scores = {}
        self.asked: list[Round] = []
        self.lines = [RuleClimb(rule, terms) for rule in rules]

    def next_rounds(self) -> list[Round]:
        """Return the rounds to ask next, all of them before the next call; none at the end."""
        wanted = [self._list_look(), *(line.list_wanted(self.scores) for line in self.lines)]
        return next((rounds for rounds in wanted if rounds and self._is_affordable(rounds)), [])

    def take(self, found: Mapping[Round, Sequence[float]]) -> None:
        """Take the scores of rounds that were asked, one score a task."""
        for asked in sorted(found):
            length, number = asked
            rounds = self.scores.setdefault(length, [])
            if number != len(rounds):
                raise ValueError(f"round {number} at {length} comes after {len(rounds)} rounds")
            rounds.append(np.asarray(found[asked], dtype=np.float64))
            self.asked.append(asked)
        for line in self.lines:
            line.take(self.scores)

    def guess_following(self) -> Iterator[Round]:
        """Yield what comes after the next rounds if scores stay as they are; it binds nobody."""
        ghost, is_next = deepcopy(self), True
        while rounds := ghost.next_rounds():
            if not is_next:
                yield from rounds
            is_next = False
            ghost.take({asked: ghost._expect(asked[0]) for asked in rounds})

    @property
    def spent_tokens(self) -> int:
        """What was asked so far costs at most this."""
        return self.terms.count_tokens(self.asked)

    def _list_look(self) -> list[Round]:
        look = [(length, 0) for length in self.terms.lengths if length not in self.scores]
        most = _LOOK_SHARE * self.terms.budget_tokens - self.spent_tokens
        while look and self.terms.count_tokens(look) > most:
            look.pop()
        return look

    def _expect(self, length: int) -> Sequence[float]:
        """A round's scores as they were so far at the longest length that is not longer."""
        known = [shorter for shorter in sorted(self.scores) if shorter <= length]
        return list(np.mean(self.scores[known[-1]], axis=0)) if known else [_UNKNOWN_SCORE]

    def _is_affordable(self, rounds: list[Round]) -> bool:
        return self.spent_tokens + self.terms.count_tokens(rounds) <= self.terms.budget_tokens


class _ScaledRatioTest(RatioTest):
    """The ratio test on margins: scaled to lie in [0, 1], where it is told how they must lie.

    Its steps are linear in the score and the ratio is convex, so for scores between right and
    wrong the error rates are smaller than for those that are one or the other.
    """

    def __init__(self, bounds: Bounds, zone: float, alphas: Alphas) -> None:
        self.bounds = bounds
        self.width = bounds.high - bounds.low
        super().__init__(-bounds.low / self.width, zone / self.width, alphas.above, alphas.below)

    def add_round(self, margins: Sequence[float]) -> Side:
        return super().add_round([(margin - self.bounds.low) / self.width for margin in margins])


def _make_test(bounds: Bounds, terms: ClimbTerms, alphas: Alphas) -> BettingTest | RatioTest:
    if terms.mode is Mode.SPRT:
        return _ScaledRatioTest(bounds, terms.zone, alphas)
    return BettingTest(bounds, alphas.above, alphas.below)


def _find_side(test: BettingTest | RatioTest, rung: Rung) -> Side:
    if isinstance(test, RatioTest) and test.rounds >= rung.most_rounds:
        return test.decide_now()
    return test.side


def _mean(rounds: Sequence[Floats]) -> float:
    return float(np.mean([scores.mean() for scores in rounds])) if rounds else 0.0
