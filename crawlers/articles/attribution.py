"""Whom a sentence of the press reports: the vendor if the sentence says so, else nobody.

It is always taken for a report, never for a quotation, which would charge the vendor with it: where
quotation marks begin and end is for a person to judge.
"""

import re

from kb.domain.drafts import AttributionDraft
from kb.domain.speech import Passing

# Verbs with which the press passes a vendor's words on: "Meta says", "OpenAI touts".
_SPEAKS = re.compile(
    r"\b(?:say|says|said|claim|claims|claimed|claiming|according to|announce[ds]?|boast(?:s|ed)?"
    r"|tout(?:s|ed)?|advertis(?:es|ed)|promis(?:es|ed)|state[ds]|wrote|writes|reports that"
    r"|describe[ds]?)\b",
    re.IGNORECASE,
)
# After the first mention the press writes "the company" or "the startup", not the name.
_ANY_VENDOR = re.compile(
    r"\b(?:company|firm|startup|lab|maker|developer|vendor|team)\b", re.IGNORECASE
)
# Sentences end at stops, perhaps quoted, at HTML blocks without a stop, and at blank lines.
_BREAK = re.compile(r"[.!?][\"'”’)]?\s|</(?:p|li|div|h\d|td)>|\n\s*\n", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_REACH = 500
_WORDS_AROUND = 6  # on each side of the verb: enough to see who says it
_LONGEST = 160


def find_attribution(
    text: str, start: int, end: int, vendor: str | None
) -> AttributionDraft | None:
    """Return that the sentence around text[start:end] reports the vendor, if it says so."""
    sentence = find_sentence(text, start, end)
    verb = _SPEAKS.search(sentence)
    if verb is None or vendor is None:
        return None
    if vendor.lower() not in sentence.lower() and _ANY_VENDOR.search(sentence) is None:
        return None
    return AttributionDraft(who=vendor, how=Passing.REPORTED, words=_cut(sentence, verb))


def _cut(sentence: str, verb: re.Match[str]) -> str:
    """The verb with a few whole words on either side."""
    words = list(re.finditer(r"\S+", sentence))
    middle = next(i for i, word in enumerate(words) if word.end() > verb.start())
    chosen = words[max(0, middle - _WORDS_AROUND) : middle + _WORDS_AROUND + 1]
    return " ".join(word[0] for word in chosen)[:_LONGEST]


def find_sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a place, without markup; at most 500 characters each way."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    breaks = list(_BREAK.finditer(before))
    head = before[breaks[-1].end() :] if breaks else before
    tail = _BREAK.search(after)
    whole = head + text[start:end] + (after[: tail.start()] if tail else after)
    return _TAG.sub(" ", whole)
