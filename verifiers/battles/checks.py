"""Checks that a program makes on an answer; every check is a line of text that can be stored.

A check is `kind: argument`; an answer's score is the share of its checks that it passes. An empty
answer passes none, since silence, too, "holds no such word".
"""

import re
from collections.abc import Callable, Sequence

NAME = "checks/1"
_NUMBER = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def _has_word(answer: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", answer, re.IGNORECASE) is not None


def _last_number_is(answer: str, number: str) -> bool:
    found = _NUMBER.findall(answer)
    return bool(found) and float(found[-1].replace(",", "")) == float(number)


def _list_lines(answer: str) -> list[str]:
    return [line.strip() for line in answer.splitlines() if line.strip()]


_KINDS: dict[str, Callable[[str, str], bool]] = {
    "has": _has_word,
    "lacks": lambda answer, word: not _has_word(answer, word),
    "last number": _last_number_is,
    "words at most": lambda answer, n: len(_WORD.findall(answer)) <= int(n),
    "words at least": lambda answer, n: len(_WORD.findall(answer)) >= int(n),
    "lines": lambda answer, n: len(_list_lines(answer)) == int(n),
    "each line begins": lambda answer, mark: all(
        line.startswith(mark) for line in _list_lines(answer)
    ),
    "lower case": lambda answer, _: answer == answer.lower(),
}


def passes(answer: str, check: str) -> bool:
    """Whether an answer passes one check; raise ValueError for a check of no known kind."""
    kind, _, argument = check.partition(": ")
    if kind not in _KINDS:
        raise ValueError(f"no check is called {kind!r}; there are {', '.join(_KINDS)}")
    return bool(answer.strip()) and _KINDS[kind](answer.strip(), argument)


def compute_share(answer: str, checks: Sequence[str]) -> float:
    """Return the share of checks passed, 0 to 1; raise ValueError where there are none."""
    if not checks:
        raise ValueError("without checks a program has nothing to say")
    return sum(passes(answer, check) for check in checks) / len(checks)
