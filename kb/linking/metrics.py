"""Compare the names of tests: "MMLU (5-shot)", "MMLU, 5-shot" and "5-shot MMLU" are one."""

import re
from dataclasses import dataclass
from functools import lru_cache

from kb.domain.in_force.judgements import Likeness
from kb.linking.compared_claims import ComparedClaim, Comparison

_SHOTS = re.compile(r"\b(\d{1,3}|zero|one|few|five)[- _]?shots?\b")
_SHOT_WORDS = {"zero": "0", "one": "1", "five": "5"}
_FILLERS = frozenset(
    ("benchmark", "benchmarks", "test", "score", "scores", "accuracy", "acc", "em", "result",
     "the", "on", "in", "set")
)  # fmt: skip


@dataclass(frozen=True)
class MetricName:
    """A test's name: its letters and digits in order, its words, and how many shots it gives."""

    letters: str
    words: frozenset[str]
    shots: str | None


@lru_cache(maxsize=50_000)
def parse_metric(name: str) -> MetricName:
    """Return the parts of a test's name."""
    plain = name.casefold().replace("_", " ")
    shots = _SHOTS.search(plain)
    rest = _SHOTS.sub(" ", plain)
    words = [word for word in re.findall(r"[^\W_]+", rest) if word not in _FILLERS]
    said = shots[1] if shots else None
    return MetricName("".join(words), frozenset(words), _SHOT_WORDS.get(said or "", said))


def get_metric(claim: ComparedClaim) -> MetricName | None:
    """Return the test that a claim is about, by its metric or its conditions."""
    names = [claim.metric, claim.conditions.get("benchmark")]
    parsed = [parse_metric(str(name)) for name in names if name]
    if not parsed:
        return None
    shots = next((metric.shots for metric in parsed if metric.shots), None)
    return MetricName(parsed[0].letters, parsed[0].words, shots)


def could_be_one_test(left: MetricName | None, right: MetricName | None) -> bool:
    """Whether the names are equal, but for the way of writing, or one says more of the other."""
    if left is None or right is None:
        return left is right
    if left.letters == right.letters:
        return True
    return left.words < right.words or right.words < left.words


def compare_metrics(left: MetricName | None, right: MetricName | None) -> Comparison | None:
    """Return None for one test, else how two names that could be one's may still differ."""
    if left is None or right is None:
        return None
    if left.letters != right.letters:
        return Comparison(Likeness.UNSURE, 0.5, "one names more of its test than the other")
    if left.shots == right.shots:
        return None
    if left.shots and right.shots:
        words = f"examples in the prompt: {left.shots} and {right.shots}"
        return Comparison(Likeness.DIFFERENT, 0.0, words)
    return Comparison(Likeness.UNSURE, 0.5, "only one says how many examples the prompt gives")
