"""Scorer `recall/1`: the share of the expected strings that stand in the answer.

Case and commas in numbers don't count; a number must stand by itself. This is RULER's way of
scoring (arXiv 2404.06654), with numbers and names taken whole.
"""

import re
from collections.abc import Sequence

NAME = "recall/1"


def score(answer: str, expected: Sequence[str], *, is_any: bool = False) -> float:
    """Return 0 to 1: the share that stands in the answer, or 1 if any does and that is enough."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", answer).casefold()
    found = [_stands(each.casefold(), text) for each in expected]
    if is_any:
        return float(any(found))
    return sum(found) / len(found)


def _stands(wanted: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(wanted)}(?![\w-])", text) is not None
