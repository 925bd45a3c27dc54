"""Blank out the markup of a page, so that a licence in HTML keeps its places."""

import re

_HIDDEN = ("script", "style", "head", "nav", "svg")
# Tags after which a new paragraph begins
_BREAK = re.compile(
    r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|header|footer|main|body|html|title)\b",
    re.IGNORECASE,
)
# A "<" that begins no tag stays: "fewer than < 5"
_NAME = re.compile(r"/?[a-zA-Z][\w:-]{0,30}|!--|!|\?")
# Longer ones are a lone "<" in running text
_MOST_TAG = 2000
_ENTITIES = {
    "&nbsp;": " ", "&amp;": "&", "&quot;": '"', "&#39;": "'", "&rsquo;": "'", "&ldquo;": '"',
    "&rdquo;": '"', "&lt;": "<", "&gt;": ">",
}  # fmt: skip
_ENTITY = re.compile("|".join(map(re.escape, _ENTITIES)))


def is_html(text: str) -> bool:
    """Whether a text is a page of HTML, by its beginning."""
    start = text[:1000].lstrip("\ufeff \t\r\n").lower()
    return start.startswith(("<!doctype html", "<html", "<?xml", "<head", "<body"))


def blank_markup(text: str) -> str:
    """Return a text of equal length in which tags are spaces, and breaks are blank lines.

    Each character is looked at once, so that a page of open tags costs no more than another.
    """
    pieces, lower, at = [], text.lower(), 0
    while (start := text.find("<", at)) >= 0:
        end = _find_end(text, lower, start)
        pieces += [text[at:start], _blank(text, start, end)]
        at = end
    plain = "".join([*pieces, text[at:]])
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]].ljust(len(match[0])), plain)


def _find_end(text: str, lower: str, start: int) -> int:
    """Where a tag ends, with all that it hides; a lone sign is a character of its own."""
    name = _NAME.match(lower, start + 1)
    if name is None:
        return start + 1
    if name[0] == "!--":
        return _after(text, "-->", start)
    closed = text.find(">", start, start + _MOST_TAG)
    end = start + 1 if closed < 0 else closed + 1
    return _after(lower, f"</{name[0]}>", end) if name[0] in _HIDDEN and closed > 0 else end


def _after(text: str, what: str, start: int) -> int:
    """The place after `what`; the end of the text where it does not come."""
    found = text.find(what, start)
    return len(text) if found < 0 else found + len(what)


def _blank(text: str, start: int, end: int) -> str:
    if end == start + 1:
        return text[start:end]
    is_break = _BREAK.match(text, start) is not None
    return ("\n\n" if is_break else "").ljust(end - start)[: end - start]
