"""Quantities as people write them ("10M", "128K tokens", "<2%", "17B active"), text kept."""

import re
from dataclasses import dataclass

from kb.domain.claim_types import Operator
from kb.domain.units import UNITS

_OPERATORS: tuple[tuple[str, Operator], ...] = (
    (r"up to|at most|no more than|a maximum of|≤|<=", Operator.AT_MOST),
    (r"less than|fewer than|under|below|<", Operator.LESS_THAN),
    (r"at least|no less than|≥|>=", Operator.AT_LEAST),
    (r"more than|over|above|exceeding|>", Operator.MORE_THAN),
    (r"about|around|roughly|approximately|approx\.?|nearly|almost|some|circa|~|≈", Operator.ABOUT),
)
_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "mn": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12,
    "万": 1e4, "亿": 1e8, "万亿": 1e12,
}  # fmt: skip
_BINARY_SCALES = {"k": 1024.0, "m": 1024.0**2}
_NUMBER = r"\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?"
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_ONE = re.compile(
    rf"(?P<sign>[-−])?(?P<dollar>\$ ?)?(?P<number>{_NUMBER})(?P<plus>\+)?"
    rf"(?:[ -]?(?P<scale>{_SCALE})(?![a-z]))?(?P<plus2>\+)?",
    re.IGNORECASE,
)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*(?:-|–|—|to|and)\s*", re.IGNORECASE)


class QuantityError(ValueError):
    """The text is no quantity; the message shows it and what would be understood."""


@dataclass(frozen=True)
class Quantity:
    """A quantity read from `text`.

    `low` and `high` bound what the words can mean (128K tokens is 128,000 or 131,072); they
    are equal when there is one reading. `unit` is canonical or None when the text names none.
    """

    low: float
    high: float
    operator: Operator
    unit: str | None
    text: str

    @property
    def value(self) -> float:
        """The plain reading: decimal thousands."""
        return self.low


def parse_quantity(text: str, unit: str | None = None) -> Quantity:
    """Read one quantity that fills `text`; `unit` is assumed when the text names none.

    Raises QuantityError when the text holds no number, more than a quantity, or a unit that
    is not known.
    """
    rest, operator = _take_operator(write_digits(text).strip())
    first = _ONE.match(rest)
    if first is None:
        raise QuantityError(f"{text!r} is no quantity; write it like '10M tokens' or '<2%'")
    rest = rest[first.end() :]
    last, rest = _take_range_end(first, rest)
    found = _unit_of(rest.strip(" .,;)"), text) or ("usd_per_mtok" if first["dollar"] else unit)
    readings = [*_readings(first, found, last), *_readings(last, found, last)]
    if first["plus"] or first["plus2"]:
        operator = Operator.AT_LEAST
    return Quantity(min(readings), max(readings), operator, found, text)


def write_digits(text: str) -> str:
    """Return `text` with the words one to ten as digits."""
    return _NUMBER_WORD.sub(lambda match: str(_WORDS.index(match[0].lower()) + 1), text)


def _take_operator(text: str) -> tuple[str, Operator]:
    for pattern, operator in _OPERATORS:
        if match := re.match(rf"(?:{pattern})\s*", text, re.IGNORECASE):
            return text[match.end() :], operator
    return text, Operator.EQUAL


def _take_range_end(first: re.Match[str], rest: str) -> tuple[re.Match[str], str]:
    separator = _SEPARATOR.match(rest)
    if separator is None or (end := _ONE.match(rest, separator.end())) is None:
        return first, rest
    return end, rest[end.end() :]


def _unit_of(text: str, whole: str) -> str | None:
    if not text:
        return None
    for unit in UNITS:
        if unit.written and re.fullmatch(unit.written, text, re.IGNORECASE):
            return unit.name
    raise QuantityError(f"{whole!r}: unit {text!r} is not known")


def _readings(match: re.Match[str], unit: str | None, last: re.Match[str]) -> list[float]:
    """Every number the digits and scale can mean; a range's scale may stand at its end."""
    number = float(re.sub(r"[,\u202f\u00a0 ]", "", match["number"]))
    if match["sign"]:
        number = -number
    scale = (match["scale"] or last["scale"] or "").lower()
    readings = [number * _SCALES.get(scale, 1.0)]
    if unit == "tokens" and scale in _BINARY_SCALES:
        readings.append(number * _BINARY_SCALES[scale])
    return readings


def find_numbers(text: str) -> list[float]:
    """Return every number in `text`, scaled as written: "700 million users" gives 7e8."""
    return [reading for match in _ONE.finditer(text) for reading in _readings(match, None, match)]


def compute_rounding(text: str, value: float) -> float:
    """Return half a unit of the last digit written for `value` in `text`; 0 if not found there.

    "109 billion" was rounded by at most half a billion, "1.7B" by at most 0.05 billion.
    """
    for match in _ONE.finditer(text):
        number = re.sub(r"[,\u202f\u00a0 ]", "", match["number"])
        scale = _SCALES.get((match["scale"] or "").lower(), 1.0)
        if scale > 1 and float(number) * scale == value:
            decimals = len(number.partition(".")[2])
            return float(0.5 * scale * 10.0**-decimals)
    return 0.0


def ends_in_zero(text: str, value: float) -> bool:
    """Whether `value` is written in `text` with zeros at its end, like 400 billion."""
    return any(
        _readings(match, None, match)[0] == value and re.search(r"0$", match["number"]) is not None
        for match in _ONE.finditer(text)
    )
