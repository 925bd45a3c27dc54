"""Follow the numbering of a licence: in which section, under which lead each paragraph stands."""

import re
from dataclasses import dataclass, field

# For example "Section 2", "Attachment A", "1.2.3", "4.", "(b)", "iv.", "•"
MARK = re.compile(
    r"[ ]*(?:[#>]+[ ]*)?(?:(?P<section>(?i:section|article|§)[ ]*(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivxIVX]{1,5}\b)[.:)]?)"
    r"|(?P<annex>(?i:attachment|exhibit|annex|appendix|schedule)[ ]+(?:[A-Z]|\d{1,2})\b(?=[^.;]{0,60}$))"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})[.:)]?(?=\s+[A-Z(\"])|(?P<number>\(?\d{1,2}\\?[.)])(?=\s*[A-Z(\"]|\s{1,4}[a-z])"
    r"|(?P<letter>\(?[a-zA-Z]\\?[.)])(?=\s)|(?P<roman>\(?[ivxIVX]{1,5}\\?[.)])(?=\s)|(?P<bullet>[-•▪+]\s))\s*"
)
# "Redistribution. You may …": a title at the head of its paragraph.
_TITLED = re.compile(r"(?P<title>[A-Z][\w,&/' -]{2,60}?)\.\s+(?=[A-Z\"(])")
# "You will not:", "You agree to": the items below are read with it.
_LEADS = re.compile(r"(?::|\b(?:to|shall not|may not|will not|must not))\s*$")
HEADING_CHARS = 90
_TITLE_WORDS = 6
_LEAD_CHARS = 600
_MOST_LEADS = 4
# A licence with more than ten items goes on in letters or figures.
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_ROMAN = {numeral: index + 1 for index, numeral in enumerate(_NUMERALS)}


@dataclass
class Walk:
    """Where a walk through the paragraphs stands; levels are indent, kind of mark and label."""

    stack: list[tuple[int, str, str]] = field(default_factory=list)
    heading: str = ""
    leads: list[tuple[int, bool, str]] = field(default_factory=list)
    has_body: bool = False


def find_lead(walk: Walk, indent: int, *, is_marked: bool) -> str:
    """What introduces an item: leads that it stands under, those it stands beside dropped."""
    while walk.leads:
        at, was_marked, _ = walk.leads[-1]
        if indent > at or (is_marked and not was_marked and indent >= at):
            break
        walk.leads.pop()
    return " ".join(" ".join(words.split()) for _, _, words in walk.leads[-_MOST_LEADS:])


def add_lead(walk: Walk, body: str, indent: int, *, is_marked: bool) -> None:
    """Remember a paragraph that introduces a list."""
    if _LEADS.search(body):
        walk.leads.append((indent, is_marked, body[-_LEAD_CHARS:]))


def move(walk: Walk, mark: re.Match[str] | None, indent: int, body: str) -> None:
    """Follow a mark into, along or out of the numbering; note headings."""
    is_heading = _is_heading(body)
    if mark is None:
        if is_heading:
            walk.heading = " ".join(body.split())
        return
    kind, label = _read_mark(mark, walk)
    if kind == "bullet":
        return
    _climb(walk, indent, kind)
    walk.stack.append((indent, kind, label))
    walk.has_body = not is_heading
    if len(walk.stack) == 1:
        walk.heading = ""


def _is_heading(body: str) -> bool:
    """Whether a paragraph is a title: short, and no sentence."""
    words = body.split()
    if body.rstrip().endswith("."):
        return len(words) <= _TITLE_WORDS and sum(word[0].isupper() for word in words) >= 2
    return len(body) < HEADING_CHARS and ":" not in body and not body.rstrip().endswith((";", ","))


def _read_mark(mark: re.Match[str], walk: Walk) -> tuple[str, str]:
    kind = mark.lastgroup or "bullet"
    label = mark[kind].strip(" .():\\")
    if kind == "section":
        label = re.sub(r"(?i)section|article|§", "", label).strip()
    if kind == "letter" and label.lower() in _ROMAN and _is_roman(label.lower(), walk):
        kind = "roman"
    return kind, label


def _is_roman(label: str, walk: Walk) -> bool:
    """Whether a single i, v or x counts in Roman numerals: i is a letter only after h."""
    before = [name.lower() for _, kind, name in walk.stack if kind in ("letter", "roman")]
    romans = [name.lower() for _, kind, name in walk.stack if kind == "roman"]
    if romans:
        return _ROMAN.get(romans[-1], 0) + 1 == _ROMAN[label]
    return label == "i" and (not before or before[-1] != "h")


def _climb(walk: Walk, indent: int, kind: str) -> None:
    """Leave the levels that a mark of this kind, standing so far in, does not lie under."""
    if kind in ("section", "annex") or (
        kind == "dotted" and not any(k == "dotted" for _, k, _ in walk.stack)
    ):
        walk.stack.clear()
        return
    for level, (at, of_kind, _) in enumerate(walk.stack):
        is_same = of_kind == kind and at >= indent - 1
        if is_same or (at > indent + 1):
            del walk.stack[level:]
            return


def make_place(walk: Walk, body: str, *, is_marked: bool) -> str:
    """Return the place of the paragraph that the walk has come to, as a reader would cite it."""
    if not walk.stack:
        titled = _TITLED.match(body)
        heading = titled["title"] if titled and len(titled["title"].split()) <= 7 else walk.heading
        return f'under "{heading}"' if heading else "the opening"
    labels = ".".join(label for _, _, label in walk.stack)
    if walk.stack[0][1] == "annex":
        return labels
    is_after = not is_marked and walk.has_body and len(walk.stack) == 1
    return f"the paragraph after section {labels}" if is_after else f"section {labels}"
