"""Probe `context_window`, version 0: a needle in a haystack, up a ladder of lengths.

Each question has a text of its own that hides one number at one depth (the single needle task
of RULER, arXiv 2404.06654, section 3, in words of our own). With several needles in one text a
small model takes one for another at any length, which would measure confusion, not length.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from kb.domain.drafts import Conditions
from kb.domain.intervals import Interval, make_wilson_interval
from kb.domain.outcomes import Basis
from kb.domain.results import Answer, Question, Result
from verifiers.probes.haystack import make_needle, make_sentences
from verifiers.scoring import numbers

NAME = "context_window"
VERSION = 0
THRESHOLD = 0.85
RULE = f"needle v{VERSION}, {THRESHOLD:.0%} right, {numbers.NAME}"
ANSWER_TOKENS = 16
_STOP = (".", "\n")
_PROFILES = {
    "quick": {"first": 1024, "rung_tokens": 23_000, "least": 3, "most": 22, "cap": 2048},
    "full": {"first": 512, "rung_tokens": 2_000_000, "least": 24, "most": 100, "cap": 1 << 24},
}
_QUICK_CLAIM = 8192
_INTRODUCTION = (
    "Some special facts are hidden in the following text. Remember them; you will be asked "
    "about them.\n\n"
)
Encode = Callable[[str, str], tuple[int, ...]]


def make_parameters(claimed_tokens: int, profile: str) -> dict[str, object]:
    """Return the recipe for a claim of `claimed_tokens`.

    `rungs` are lengths in tokens, prompt and answer together, doubling up to the claim;
    `questions` says how many there are on each. In the quick profile a claim above 8,192 is
    tried up to a cap only, and the results say so.
    """
    chosen = _PROFILES[profile]
    top = claimed_tokens if claimed_tokens <= _QUICK_CLAIM else min(claimed_tokens, chosen["cap"])
    rungs = [top]
    while rungs[0] // 2 >= chosen["first"]:
        rungs.insert(0, rungs[0] // 2)
    return {
        "claimed_tokens": claimed_tokens,
        "rungs": rungs,
        "questions": [
            max(chosen["least"], min(chosen["most"], chosen["rung_tokens"] // rung))
            for rung in rungs
        ],
        "answer_tokens": ANSWER_TOKENS,
        "stop": list(_STOP),
        "threshold": THRESHOLD,
        "scorer": numbers.NAME,
        "profile": profile,
    }


@dataclass(frozen=True)
class Item:
    """A question before its text is made, which takes a while."""

    rung: int
    index: int
    depth: float

    @property
    def name(self) -> str:
        """Its name within the plan."""
        return f"{self.rung}/{self.index}"


def list_items(rung: int, count: int, seed: int) -> list[Item]:
    """Return the `count` questions of a rung, at depths spread evenly, in shuffled order."""
    order = Random(f"{NAME}/{VERSION}/{seed}/{rung}").sample(range(count), count)  # noqa: S311
    return [Item(rung, index, (order[index] + 0.5) / count) for index in range(count)]


def make_question(item: Item, seed: int, encode: Encode) -> Question:
    """Make the text of a question; its prompt fills the rung but for the answer."""
    random = Random(f"{NAME}/{VERSION}/{seed}/{item.name}")  # noqa: S311 (no secret)
    thing, number = make_needle(random)
    sentences = make_sentences(random, item.rung // 8)
    room = item.rung - ANSWER_TOKENS

    def build(size: int) -> tuple[int, ...]:
        return encode(*_make_prompt(sentences[:size], thing, number, item.depth))

    prompt = _fill(build, len(sentences), room)
    return Question(item.name, item.rung, item.depth, prompt, number, ANSWER_TOKENS, _STOP)


def _fill(build: Callable[[int], tuple[int, ...]], most: int, room: int) -> tuple[int, ...]:
    """The longest prompt that fits `room`: a search that leans on length being near linear."""
    low, high = 1, most
    best, longest = build(low), build(high)
    if len(best) > room:
        raise ValueError(f"not even one sentence fits {room} tokens")
    if len(longest) <= room:
        return longest
    too_long = len(longest)
    while high - low > 1:
        share = (room - len(best)) / (too_long - len(best))
        middle = min(max(low + int(share * (high - low)), low + 1), high - 1)
        prompt = build(middle)
        if len(prompt) <= room:
            low, best = middle, prompt
        else:
            high, too_long = middle, len(prompt)
    return best


def _make_prompt(sentences: list[str], thing: str, number: str, depth: float) -> tuple[str, str]:
    """The instruction, and the beginning of the answer."""
    at = round(depth * len(sentences))
    needle = f"One of the special facts: the {thing} is {number}."
    text = " ".join([*sentences[:at], needle, *sentences[at:]])
    question = f"\n\nWhat is the {thing} mentioned in the text above?"
    return _INTRODUCTION + text + question, f"The {thing} mentioned in the text is"


def is_right(answer: str, expected: str) -> bool:
    """Score one answer."""
    return numbers.is_right(answer, expected)


def has_failed(answers: list[Answer]) -> bool:
    """Whether a rung is decidedly below the threshold, so that longer ones need no asking."""
    return bool(answers) and _score_rung(answers)[1].high < THRESHOLD


def make_results(
    parameters: dict[str, object], rungs: dict[int, list[Answer]], longest: Answer
) -> list[Result]:
    """Return the curve, the accepted length and the effective length with its bounds.

    `rungs` holds the answers of every rung that was asked whole, `longest` the answer to a
    prompt that filled the longest rung.
    """
    claimed = parameters["claimed_tokens"]
    assert isinstance(claimed, int)
    curve = {rung: _score_rung(answers) for rung, answers in sorted(rungs.items())}
    asked = sum(map(len, rungs.values()))
    return [
        *(_make_point(rung, len(rungs[rung]), *curve[rung]) for rung in curve),
        _make_accepted(longest, claimed),
        _make_effective(curve, claimed, asked),
    ]


def _score_rung(answers: list[Answer]) -> tuple[float, Interval]:
    right = sum(answer.correct for answer in answers)
    return right / len(answers), make_wilson_interval(right, len(answers))


def _make_point(rung: int, asked: int, score: float, interval: Interval) -> Result:
    return Result(
        "needle_accuracy",
        Basis.MEASURED_HERE,
        score,
        interval.low,
        interval.high,
        unit="proportion",
        n=asked,
        n_unit="questions",
        conditions=Conditions(context_tokens=rung, rule=RULE),
    )


def _make_accepted(longest: Answer, claimed: int) -> Result:
    window = float(longest.context_tokens)
    note = f"a prompt of {longest.prompt_tokens:,} tokens, the rest for the answer"
    if window < claimed:
        note += "; longer windows were not tried"
    return Result(
        "accepted_context",
        Basis.MEASURED_HERE,
        window,
        window,
        window,
        unit="tokens",
        n=1,
        n_unit="prompts",
        conditions=Conditions(note=note),
    )


def _make_effective(curve: dict[int, tuple[float, Interval]], claimed: int, asked: int) -> Result:
    """Value by the scores alone; low where it is shown, high where it is not yet excluded."""
    passed = _longest_run(curve, lambda score, interval: score >= THRESHOLD)
    shown = _longest_run(curve, lambda score, interval: interval.low >= THRESHOLD)
    possible = _longest_run(curve, lambda score, interval: interval.high >= THRESHOLD)
    high = claimed if possible == max(curve) else possible
    return Result(
        "effective_context",
        Basis.MEASURED_HERE,
        float(passed),
        float(shown),
        float(high),
        unit="tokens",
        n=asked,
        n_unit="questions",
        conditions=Conditions(rule=RULE),
    )


def _longest_run(
    curve: dict[int, tuple[float, Interval]], holds: Callable[[float, Interval], bool]
) -> int:
    """The longest rung such that it and all shorter ones hold; 0 if the shortest does not."""
    longest = 0
    for rung, (score, interval) in sorted(curve.items()):
        if not holds(score, interval):
            break
        longest = rung
    return longest
