"""Who speaks in a sentence of the press: the vendor if the sentence says so, else the outlet."""

import re

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


def is_said_by_vendor(text: str, start: int, end: int, vendor: str | None) -> bool:
    """Whether the sentence around text[start:end] names the vendor as its speaker."""
    sentence = find_sentence(text, start, end)
    if _SPEAKS.search(sentence) is None:
        return False
    named = vendor is not None and vendor.lower() in sentence.lower()
    return named or _ANY_VENDOR.search(sentence) is not None


def find_sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around a place, without markup; at most 500 characters each way."""
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    breaks = list(_BREAK.finditer(before))
    head = before[breaks[-1].end() :] if breaks else before
    tail = _BREAK.search(after)
    whole = head + text[start:end] + (after[: tail.start()] if tail else after)
    return _TAG.sub(" ", whole)
