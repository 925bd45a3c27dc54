"""Numbers, days and lists, as a reader would write them."""

from collections.abc import Iterable
from datetime import date


def join_names(names: Iterable[str], conjunction: str = "and") -> str:
    """Return names as a reader would list them, each once."""
    known = list(dict.fromkeys(names))
    if len(known) < 2:
        return "".join(known)
    return f"{', '.join(known[:-1])} {conjunction} {known[-1]}"


def write_number(value: float | None) -> str:
    """Return a number as a reader would write it: 1,417, 0.25, 402 billion."""
    if value is None:
        return "unknown"
    for size, word in ((1e12, "trillion"), (1e9, "billion")):
        if abs(value) >= size:
            return f"{value / size:,.6g} {word}"
    return f"{value:,.10g}"


def write_interval(low: float | None, high: float | None) -> str:
    """Return an interval as words, interval 1,405 to 1,430; empty without both ends."""
    if low is None or high is None:
        return ""
    return f"interval {write_number(low)} to {write_number(high)}"


def write_day(day: str) -> str:
    """Return a day, month or year in words: 5 April 2025, April 2025, 2025."""
    parts = day.split("-")
    if len(parts) == 1:
        return day
    first = date.fromisoformat((day + "-01")[:10])
    return f"{first:%B %Y}" if len(parts) == 2 else f"{first.day} {first:%B %Y}"


def capitalise(words: str) -> str:
    """Return words with a capital in front and the others as they are."""
    return f"{words[:1].upper()}{words[1:]}"
