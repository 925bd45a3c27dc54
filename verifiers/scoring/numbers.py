"""Scorer `first_number/1`: an answer is right if the first long number in it is the one."""

import re

NAME = "first_number/1"
_LONG_NUMBER = re.compile(r"\d{4,}")


def is_right(answer: str, expected: str) -> bool:
    """Whether the first number of four digits or more is `expected`; commas don't count."""
    found = _LONG_NUMBER.search(re.sub(r"(?<=\d),(?=\d)", "", answer))
    return found is not None and found[0] == expected
