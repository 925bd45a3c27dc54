"""Why numbers in a sentence are no claim: they speak of other models, of a try, of a setting."""

import re

from kb.domain.claim_types import Operator
from kb.reading.prose.numbers import Number
from kb.reading.vocabulary.meaning import Meaning

# "models ranging from 1B to 70B", "between 7B and 34B"
_RANGE = re.compile(r"\b(?:rang\w+|from|between)\b[^.]{0,40}$", re.IGNORECASE)
# "outperforms models with up to 70B", "comparable to a 13B", "smaller than", "if it had 8B"
_OTHERS = re.compile(
    r"(?<!family of )(?<!series of )(?<!family of language )(?<!series of language )\b(?:models|LLMs)\s+(?:\w+\s){0,3}(?:with|of|under|below|having|than|up to)\s+(?:\w+\s){0,3}$"
    r"|\b(?:e\.g\.,?|for example,?|such as|like|larger|smaller|bigger|other|existing|comparable|competing)\s+$"
    r"|\b(?:than|among|compared (?:to|with))\s+(?:\w+\s){0,4}$|\b(?:smaller|larger|bigger) than\s*$"
    r"|\b(?:equivalent|comparable|similar|close|equal) to\s+(?:\w+\s){0,2}$"
    r"|\b(?:competitive|competes?|competing|par) with\s+(?:\w+\s){0,2}$|\bfrom (?:the|an?) (?:\w+\s)?$"
    r"|\bquanti\w+ of an?\s+$|\bablations?\b.{0,60}$"
    r"|\b(?:if|when) (?:it|you|a|the) (?:\w+ ){0,3}$", re.IGNORECASE,
)  # fmt: skip
# "in ablations at 1T tokens"
_TRIED = re.compile(r"\bablations?\b", re.IGNORECASE)
# "Toyla 2 8B and 70B models": the second size is short for a name.
_SHORT_FOR = re.compile(
    r"[A-Z]\w*[- ](?:\w{1,9}[- ])?\d{1,4}(?:\.\d)?[BM](?:, | and | or |/)(?:the )?$"
)
# "a vision encoder of 600M parameters", "the MTP module has 14B"
_PART = re.compile(
    r"\b(?:embeddings?|layer|vision|audio|image|speech|draft|reward|projector|adapter|decoding|prediction|value|MTP)"
    r"\s(?:size|encoder|decoder|head|model|modules?|tower|layers?|matrix)\b[^.;,]{0,45}$",
    re.IGNORECASE,
)
# "the final 50B tokens", "an additional 800B tokens"
_PHASE = re.compile(
    r"\b(?:first|last|next|final|initial|remaining|additional)\s*~?$", re.IGNORECASE
)
# "the corpus contains 3T tokens", "web pages with 1.2T tokens": said of data, not of training.
_OF_DATA = re.compile(
    r"\b(?:dataset|corpus)\b.{0,40}\b(?:contain\w*|consist\w*|compris\w*|includ\w*|has)\b.{0,60}$"
    r"|\b(?:web ?pages|documents|files|books|articles)\b.{0,80}$",
    re.IGNORECASE,
)
# "scores were computed at 32K context": how it was tested, not what it can take.
_SET_UP = re.compile(
    r"\b(?:scores?|metrics?|results?|evaluations?|models)\b.{0,60}\b(?:validated|evaluated|computed|averaged|measured)\b",
    re.IGNORECASE,
)

# "throughput with 1K input and 2K output": the lengths of a speed test.
_SPEED = re.compile(r"\b(?:throughput|latency|speed)\b|tok(?:en)?s?/s", re.IGNORECASE)
_IN_AND_OUT = re.compile(r"\binput\b.{0,30}\boutput\b", re.IGNORECASE)
_PARAMS = ("params_total", "params_active")
_LENGTHS = ("context_length", "output_length")
# What stands before a number of these types and makes it no claim.
_BEFORE: tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...] = (
    (_LENGTHS, _SET_UP, "an evaluation setting"),
    (("training_tokens",), _TRIED, "an experiment on the way"),
    (("training_tokens",), _PHASE, "a part of the training"),
    (_PARAMS, _PART, "a part of the model"),
    (_PARAMS, _SHORT_FOR, "a name written short"),
    (_PARAMS, _OTHERS, "speaks of other models"),
)


def find_reason(text: str, members: list[tuple[Number, Meaning]]) -> str | None:
    """Return why the numbers are no claim, or None."""
    number, meaning = members[0]
    if meaning.claim_type is None:
        return meaning.reason
    before = text[max(0, number.start - 90) : number.start]
    for kinds, pattern, reason in _BEFORE:
        if meaning.claim_type in kinds and pattern.search(before):
            return reason
    if meaning.claim_type == "training_tokens":
        return _find_reason_of_tokens(text, before)
    if meaning.claim_type == "output_length" and _SPEED.search(before) and _IN_AND_OUT.search(text):
        return "an evaluation setting"
    if meaning.claim_type in _PARAMS:
        return _find_reason_of_size(text, before, members)
    return None


def _find_reason_of_tokens(text: str, before: str) -> str | None:
    is_of_data = _OF_DATA.search(before) and "train" not in text.lower()
    return "the size of a dataset" if is_of_data else None


def _find_reason_of_size(
    text: str, before: str, members: list[tuple[Number, Meaning]]
) -> str | None:
    number = members[0][0]
    if (
        len(members) == 2
        and _RANGE.search(before)
        and re.search(r"\bto\b|-|–", text[number.end : members[1][0].start])
    ):
        return "the range of a family"
    is_bound = number.operator in (Operator.LESS_THAN, Operator.AT_MOST)
    if is_bound and re.search(r"models?\b", before[-40:], re.IGNORECASE):
        return "speaks of other models"
    return None
