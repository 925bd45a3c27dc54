"""Limits on users and revenue above which rights change: the number, and the day it counts on."""

import re
from collections.abc import Iterator

from kb.licences.clause_rules.wording import list_sentences
from kb.licences.terms import Term, make_term
from kb.licences.text.clauses import Clause

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {word: float(index + 1) for index, word in enumerate(_UNITS)} | {
    "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0,
    "fifty": 50.0, "hundred": 100.0,
}  # fmt: skip
_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6,
    "billion": 1e9, "b": 1e9, "bn": 1e9,
}  # fmt: skip
_SCALE = r"(?:hundred|thousand|million|billion|mn|bn|[kmb])\b"
# For example "700 million", "one hundred (100) million", "1,000,000"
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{'|'.join(_WORDS)})\b)(?:[\s-]{{0,3}}(?:\(\d[\d,]*\)\s*)?{_SCALE}){{0,2}}"
# "monthly active users", "MAU", "users per month"
_USERS = (
    r"(?:(?:monthly|daily|registered|total|unique|active)\s+){1,3}(?:active\s+)?users|\bMAUs?\b"
    r"|users\s+(?:per|a|each)\s+month"
)
# "is greater than 700 million", "in excess of", "a threshold of"
_MORE = (
    r"(?:greater|more|higher|less|fewer|lower)\s+than|exceed\w*|over|above|at\s+least|reach\w*|up\s+to"
    r"|surpass\w*|in\s+excess\s+of|under|below|threshold(?:\s+of)?|not\s+exceeding"
)
_CURRENCY = r"(?:U\.?S\.?\s?\$|USD?\s?\$?|\$|€|£|EUR|GBP|RMB|CNY|¥)"
_AFTER_MONEY = r"(?:U\.?S\.?\s+)?(?:dollars|USD|euros?|EUR|RMB|yuan|pounds)"
# "US$1,000,000", "20 million US dollars", "€10 million"
_MONEY = (
    rf"(?:{_CURRENCY}\s?(?P<a>{_NUMBER})|(?P<b>{_NUMBER})(?:\s*\(?\$?[\d,]*\)?)\s*{_AFTER_MONEY})"
)
# The number before its users, then behind them
_USER_LIMIT = (
    re.compile(rf"(?P<a>{_NUMBER})\s+(?:\S+\s+){{0,2}}?(?:{_USERS})", re.IGNORECASE),
    re.compile(rf"(?:{_USERS})[^;]{{0,250}}?(?:{_MORE})\s+(?P<a>{_NUMBER})", re.IGNORECASE),
)
_REVENUE = r"\b(?:revenues?|turnover|gross\s+income|annual\s+sales)\b"
# "annual revenue exceeding $10M", then "$10M in annual revenue"
_REVENUE_LIMIT = (
    re.compile(rf"{_REVENUE}[^;]{{0,200}}?{_MONEY}", re.IGNORECASE),
    re.compile(rf"{_MONEY}[^;]{{0,120}}?{_REVENUE}", re.IGNORECASE),
)
_COMPARES = re.compile(rf"\b(?:{_MORE})\b", re.IGNORECASE)
# "on the Toyla version release date": the day on which users are counted.
_DAY = re.compile(
    r"\b(?:on|as\s+of|at)\s+(?:the\s+)?(?P<day>[^,;]{0,60}?(?:release|effective)\s+date)\b",
    re.IGNORECASE,
)
# "in the preceding calendar month"
_PERIOD = re.compile(
    r"\b(?:in|during|for|over)\s+(?:the\s+|any\s+|its\s+)?(?P<period>(?:preceding|previous|prior|last|most\s+recent|any)\s+"
    r"(?:\w+\s+){0,3}(?:month|year|quarter|months))\b",
    re.IGNORECASE,
)


def parse_number(text: str) -> float | None:
    """Return a number in digits or in words ("one hundred million"); None when it is none."""
    plain = re.sub(r"\([^)]*\)", " ", text.lower()).replace(",", "").replace("-", " ")
    match = re.match(r"\s*(\d+(?:\.\d+)?)?(.*)", plain, re.DOTALL)
    assert match is not None
    value = float(match[1]) if match[1] else None
    for word in match[2].split():
        if word in _SCALES and (value is not None or word == "hundred"):
            value = (value or 1.0) * _SCALES[word]
        elif word in _WORDS:
            value = (value or 0.0) + _WORDS[word]
        else:
            break
    return value


def read_thresholds(clause: Clause) -> Iterator[Term]:
    """Yield user and revenue limits; where several stand, each."""
    for start, sentence, whole in list_sentences(clause):
        for kind, patterns in (("mau_limit", _USER_LIMIT), ("revenue_limit", _REVENUE_LIMIT)):
            value = _find_limit(sentence, patterns)
            if value is not None and _COMPARES.search(whole):
                note = _make_note(sentence)
                yield make_term(kind, value, clause, start, start + len(sentence), note)


def _find_limit(sentence: str, patterns: tuple[re.Pattern[str], ...]) -> float | None:
    for pattern in patterns:
        for match in pattern.finditer(sentence):
            groups = match.groupdict()
            value = parse_number(groups.get("a") or groups.get("b") or "")
            if value is not None and value >= 1000:
                return value
    return None


def _make_note(sentence: str) -> str | None:
    """When the number is counted, in the clause's words."""
    found = [match[1] for p in (_DAY, _PERIOD) if (match := p.search(sentence))]
    return f"counted at: {', '.join(' '.join(words.split()) for words in found)}" if found else None
