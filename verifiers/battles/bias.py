"""What a judge prefers for no good reason, measured before it decides anything.

Five figures, each a share with its Wilson interval, from pairs whose truth is known: a right and
a wrong answer in both orders, one answer twice, and a right answer plain and padded. A judge is
refused by the figure whose whole interval lies beyond its limit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.domain.drafts import Conditions
from kb.domain.errors import UserError
from kb.domain.intervals import make_wilson_interval
from kb.domain.outcomes import Basis
from kb.domain.results import Result
from verifiers.battles.prompts import Prompt, make_prompts

_SEED = 60113  # not that of battles: a judge does not see its own examination
PAIRS = 40
METRIC = "judge_bias"
_PADDING = (
    " This is a question that many people ask, and it deserves a careful and thorough reply. "
    "There is much that could be said about it from various points of view, all things considered."
)
Say = Callable[[str, str, str], str | None]  # prompt, first, second → a, b, tie or None


class BiasedJudgeError(UserError):
    """The judge is refused; the message gives the figure that showed its bias."""


@dataclass(frozen=True)
class Figure:
    """A share of verdicts with its 95% interval, and the bounds that it must not lie beyond."""

    name: str
    share: float
    low: float
    high: float
    n: int
    least: float
    most: float

    @property
    def is_bad(self) -> bool:
        """Whether the whole interval lies beyond a bound."""
        return self.low > self.most or self.high < self.least

    def __str__(self) -> str:
        interval = f"{self.share:.0%} [{self.low:.0%}, {self.high:.0%}] of {self.n} verdicts"
        return f"{self.name}: {interval}; allowed is {self.least:.0%} to {self.most:.0%}"


def measure_bias(say: Say, pairs: int = PAIRS) -> list[Figure]:
    """Return the figures of a judge, leaving out any that no verdict supports.

    A judge is asked 5 times `pairs` questions.
    """
    prompts = make_prompts(_SEED, pairs)
    graded = [_ask_graded(say, prompt, number) for number, prompt in enumerate(prompts)]
    same = [say(prompt.text, prompt.right, prompt.right) for prompt in prompts]
    padded = [_ask_padded(say, prompt) for prompt in prompts]
    forward, backward = zip(*graded, strict=True)
    swapped = [*forward, *backward]
    longer = [*(pair[0] for pair in padded), *(_turn(pair[1]) for pair in padded)]
    said = [*swapped, *same, *(verdict for pair in padded for verdict in pair)]
    readable = [verdict for verdict in [*forward, *map(_turn, backward)] if verdict is not None]
    found = (
        _count("verdicts that cannot be read", [verdict is None for verdict in said], 0.0, 0.05),
        _count("first answer preferred, swapped pairs", _list_firsts(swapped), 0.4, 0.6),
        _count("first answer preferred, identical pairs", _list_firsts(same), 0.4, 0.6),
        _count("longer answer preferred, padded pairs", _list_firsts(longer), 0.0, 0.6),
        _count("right answer preferred to a wrong one", [s == "a" for s in readable], 0.6, 1.0),
    )
    return [figure for figure in found if figure is not None]


def check_bias(figures: Sequence[Figure]) -> None:
    """Raise BiasedJudgeError naming every figure beyond its limit."""
    bad = [str(figure) for figure in figures if figure.is_bad]
    if bad:
        raise BiasedJudgeError(f"the judge is refused. {'. '.join(bad)}. Choose another one")


def make_bias_results(figures: Sequence[Figure], label: str) -> list[Result]:
    """Return the figures as results, so that they stand beside what the judge decided."""
    return [
        Result(
            METRIC, Basis.MEASURED_HERE, round(figure.share, 6), round(figure.low, 6),
            round(figure.high, 6), unit="proportion", n=figure.n, n_unit="verdicts",
            conditions=Conditions(rule=label, note=figure.name),
        )
        for figure in figures
    ]  # fmt: skip


def _ask_graded(say: Say, prompt: Prompt, number: int) -> tuple[str | None, str | None]:
    """Verdicts on right before wrong, and wrong before right; each is the longer in half."""
    padding = _PADDING[: 40 + number % 30].rsplit(" ", 1)[0]
    right, wrong = prompt.right, prompt.wrong
    if number // 2 % 2:
        right = f"{right}{padding}" if prompt.kind != "constraints" else right
    else:
        wrong = f"{wrong}{padding}"
    return say(prompt.text, right, wrong), say(prompt.text, wrong, right)


def _ask_padded(say: Say, prompt: Prompt) -> tuple[str | None, str | None]:
    longer = prompt.right + _PADDING
    return say(prompt.text, longer, prompt.right), say(prompt.text, prompt.right, longer)


def _turn(verdict: str | None) -> str | None:
    return {"a": "b", "b": "a"}.get(verdict or "", verdict)


def _list_firsts(verdicts: Sequence[str | None]) -> list[bool]:
    """Whether the first was preferred, of the verdicts that preferred one."""
    return [verdict == "a" for verdict in verdicts if verdict in ("a", "b")]


def _count(name: str, hits: Sequence[bool], least: float, most: float) -> Figure | None:
    if not hits:
        return None
    interval = make_wilson_interval(sum(hits), len(hits))
    share = sum(hits) / len(hits)
    return Figure(name, share, interval.low, interval.high, len(hits), least, most)
