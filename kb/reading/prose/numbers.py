"""Numbers in running text, with their scale, their operator and their place."""

import re
from dataclasses import dataclass

from kb.domain.claim_types import Operator

_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9,
    "t": 1e12, "tn": 1e12, "trillion": 1e12,
}  # fmt: skip
_WORDS = {
    word: number + 1
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
} | {"single": 1, "sixteen": 16, "thirty-two": 32, "sixty-four": 64}
# "1,000,000", "128K", "1.7 billion", "$0.50", "40T+"; not the 4 of "GPT-4" or "v1.2"
_NUMBER = re.compile(
    r"(?<![\w.,/])(?P<currency>[$€£])?\s?"
    r"(?P<digits>\d{1,3}(?:[,_]\d{3})+(?:\.\d{1,12})?|\d{1,15}(?:\.\d{1,12})?)"
    r"(?:(?P<scale>[kKmMbBtT]|bn|tn)(?![A-Za-z0-9])"
    r"|[\s-](?P<word>thousand|million|billion|trillion|bn|[KMBT](?=\stokens|\sparam))\b)?"
    r"(?P<plus>\+)?(?![\dA-Za-z]|[.,]\d|:\d)",
    re.IGNORECASE,
)
# "two", "sixteen experts"
_NUMBER_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(_WORDS)})(?![\w])", re.IGNORECASE)
_OPERATORS: tuple[tuple[re.Pattern[str], Operator], ...] = tuple(
    (re.compile(rf"(?:{words})\s*(?:a |an |the |total of )?$", re.IGNORECASE), operator)
    for words, operator in (
        # "a maximum context of"
        (r"up to|at most|no more than|(?:a )?maximum(?: \w+){0,3} of|≤|<=", Operator.AT_MOST),
        (r"less than|fewer than|under|below|<", Operator.LESS_THAN),
        (r"at least|no less than|minimum of|≥|>=", Operator.AT_LEAST),
        (r"more than|over|above|exceeding|beyond|>", Operator.MORE_THAN),
        # Papers in LaTeX write "\\sim 128K"
        (r"about|around|roughly|approximately|approx\.?|nearly|almost|some|circa|~|≈|∼|\\sim",
         Operator.ABOUT),
    )
)  # fmt: skip
# Words further back belong to another number
_WIDEST_OPERATOR = 40


@dataclass(frozen=True)
class Number:
    """A number: text[start:end] reads `value`, scaled; `scale` is as written or empty."""

    value: float
    text: str
    start: int
    end: int
    operator: Operator = Operator.EQUAL
    scale: str = ""
    currency: str = ""

    @property
    def decimals(self) -> int:
        """Digits after the point."""
        digits = re.sub(r"[^\d.]", "", self.text)
        return len(digits.partition(".")[2])


def find_numbers_in(text: str) -> list[Number]:
    """Return the numbers written in digits, in order; those inside words are left out."""
    return [_make(text, match) for match in _NUMBER.finditer(text)]


def find_number_words(text: str) -> list[Number]:
    """Return the small numbers written as words ("two", "single")."""
    return [
        Number(_WORDS[m[0].lower()], m[0], m.start(), m.end(), _find_operator(text, m.start()))
        for m in _NUMBER_WORD.finditer(text)
    ]


def _make(text: str, match: re.Match[str]) -> Number:
    scale = match["scale"] or match["word"] or ""
    digits = float(re.sub(r"[,_]", "", match["digits"]))
    value = digits * _SCALES.get(scale.lower(), 1.0)
    operator = _find_operator(text, match.start())
    if match["plus"] and operator is Operator.EQUAL:
        operator = Operator.AT_LEAST
    rounded = round(value) if abs(value - round(value)) < 1e-6 * max(1.0, value) else value
    start = match.start() + (len(match[0]) - len(match[0].lstrip()))
    return Number(
        float(rounded),
        match[0].strip(),
        start,
        match.end(),
        operator,
        scale,
        match["currency"] or "",
    )


def _find_operator(text: str, start: int) -> Operator:
    before = text[max(0, start - _WIDEST_OPERATOR) : start]
    for pattern, operator in _OPERATORS:
        if pattern.search(before):
            return operator
    return Operator.EQUAL
