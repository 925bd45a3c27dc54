"""Scorer `recall/1`: the share of the expected strings that stand in the answer.

Case and commas in numbers don't count; a number must stand by itself. This is RULER's way of
scoring (arXiv 2404.06654), with numbers and names taken whole.
"""

import re
from collections.abc import Sequence

NAME = "recall/1"


def score(answer: str, expected: Sequence[str] | None) -> float:
    """Return 0 to 1: the share of `expected` that stands in the answer.

    Raises ValueError where nothing is expected, since no share can be taken.
    """
    if not expected:
        raise ValueError("nothing is expected of the answer, so recall cannot score it")
    text = re.sub(r"(?<=\d),(?=\d{3})", "", answer).casefold()
    return sum(_stands(wanted.casefold(), text) for wanted in expected) / len(expected)


def _stands(wanted: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", text) is not None
