"""Blank out the markup of a page, so that a licence in HTML keeps its places."""

import re

_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|head|nav|svg)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|main|body|html|title)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{1,2000}>")
_ENTITIES = {"&nbsp;": " ", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&rsquo;": "'", "&ldquo;": '"',
             "&rdquo;": '"', "&lt;": "<", "&gt;": ">"}  # fmt: skip
_ENTITY = re.compile("|".join(map(re.escape, _ENTITIES)))


def is_html(text: str) -> bool:
    """Whether a text is a page of HTML, by its beginning."""
    start = text[:1000].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body"))


def blank_markup(text: str) -> str:
    """Return a text of equal length in which tags are spaces, and breaks are blank lines."""
    text = _HIDDEN.sub(lambda match: _pad("\n\n", match), text)
    text = _BREAK.sub(lambda match: _pad("\n\n", match), text)
    text = _TAG.sub(lambda match: " " * len(match[0]), text)
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]].ljust(len(match[0])), text)


def _pad(words: str, match: re.Match[str]) -> str:
    return words.ljust(len(match[0]), "\n")[: len(match[0])]
