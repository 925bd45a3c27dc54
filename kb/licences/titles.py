"""What a licence calls itself, the identifier made of it, and its own day."""

import re
from datetime import datetime

from kb.licences.text.flat import collapse, flatten

_FIRST_CHARS = 4000
_MOST_LINES = 25
# A title holds one of these: "Toyla Community License", "OpenRAIL-M", "Terms of Use"
_NAMING = re.compile(
    r"\b(?:licen[sc]e|terms|agreement|polic(?:y|ies)|(?:open)?rail(?:-?[mdas])?|guidelines|contract)\b",
    re.IGNORECASE,
)
# "LICENSE AGREEMENT", "Version 2.0": a line of these words alone names nothing.
_EMPTY = re.compile(
    r"(?:the|this|a|an|software|model|end|user|community|public|open|general|source|use|of|and|for|conditions|terms|licen[sc]e|agreement"
    r"|policy|acceptable|prohibited|restrictions?|version|notice|preamble|text|full|\d[\d.]*|[\s,.:()&-])*",
    re.IGNORECASE,
)
# "Please read these terms carefully": words that titles do not have.
_SENTENCE = re.compile(
    r"\b(?:you|is|are|was|by|may|shall|must|will|governs?|hereby|available\s+(?:at|from|under|on)|last|effective|updated|means?|under|see|read|carefully|before|please|following|constitutes?|between|shall|applies)\b|://|@",
    re.IGNORECASE,
)
# Where there is no title: "under the Toyla Community License Agreement"
_CALLED = re.compile(
    r"(?:[Tt]his|[Tt]he|under\s+the|of\s+the)\s+\"?(?P<name>(?:[A-Z][\w.+&'-]*\s+){1,7}"
    r"(?:License|Licence|LICENSE|Terms of Use|Policy|RAIL(?:-M)?)(?:\s+(?:Agreement|AGREEMENT))?)"
)
# Left out of the identifier: LicenseRef-Toyla-2-Community
_DROPPED = re.compile(
    r"\b(?:licen[sc]e|agreement|terms\s+(?:of|for)\s+(?:use|service)|terms\s+and\s+conditions|version|the|release\s+date)\b|[\"',:;()\[\]©™®]",
    re.IGNORECASE,
)
# "Release Date: April 5, 2025" at the end of a title.
_TRAILING = re.compile(
    r"\s*(?:[-,(]\s*)?(?:(?:release|effective|last\s+(?:updated|modified|revised))?\s*(?:date)?:?\s*)?"
    r"(?:\(?(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+(?:\d{1,2},\s*)?\d{4}\)?)$",
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December"
# "April 5, 2025", "5th April 2025", "2025-04-05"
_DAY = re.compile(
    rf"(?P<m>{'|'.join(_MONTHS.split())})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>20\d\d)"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m2>{'|'.join(_MONTHS.split())}),?\s+(?P<y2>20\d\d)|(?P<iso>20\d\d-\d\d-\d\d)",
    re.IGNORECASE,
)
# "1. Definitions" and "Section 2" are headings of clauses
_NUMBERED = re.compile(r"(?:section|article)?\s*\(?(?:\d|[ivx]+\b|[a-z][.)])", re.IGNORECASE)
# "Toyla Acceptable Use Policy", "Usage Guidelines"
_POLICY_TITLE = re.compile(
    r"\b(?:acceptable|prohibited|responsible)[\s-]+uses?\b|\b(?:use|usage)[\s-]+(?:polic(?:y|ies)|guidelines)\b",
    re.IGNORECASE,
)


def find_name(text: str) -> str | None:
    """Return what the licence calls itself: its title, else how its clauses name it."""
    lines = [collapse(line).strip(" #=-_.:") for line in text[:_FIRST_CHARS].splitlines()]
    before = ""
    for line in [line for line in lines if line][:_MOST_LINES]:
        name = _TRAILING.sub("", line).strip(" -,:")
        if _is_title(name, is_first=not before):
            return _calm(name)
        if _ends_title(before, name):
            return _calm(f"{before} {name}")
        before = line
    for match in _CALLED.finditer(flatten(text)):
        name = collapse(match["name"])
        if not _EMPTY.fullmatch(name):
            return name
    return None


def _is_title(line: str, *, is_first: bool) -> bool:
    """Whether a line is the name of a licence; the first one may begin in lower case."""
    if not 4 <= len(line) <= 110 or len(line.split()) > 14 or not _NAMING.search(line):
        return False
    if not is_first and (line[0].islower() or _NUMBERED.match(line)):
        return False
    return not _EMPTY.fullmatch(line) and not _SENTENCE.search(line)


def _ends_title(before: str, line: str) -> bool:
    """Whether a line like "License Agreement" is the end of a title that began above it."""
    is_end = len(line) > 3 and _EMPTY.fullmatch(line) and _NAMING.search(line)
    is_beginning = 1 < len(before) <= 60 and len(before.split()) <= 8
    return bool(is_end and is_beginning) and not _SENTENCE.search(before)


def _calm(name: str) -> str:
    """A title in capitals as one would write it; short words may be acronyms and stay."""
    if not name.isupper():
        return name
    return " ".join(word.capitalize() if len(word) > 3 else word for word in name.split())


def make_reference_id(name: str) -> str:
    """Return an identifier for a licence that SPDX has none for: LicenseRef and its name."""
    words = re.findall(r"[A-Za-z0-9.+]+", _DROPPED.sub(" ", collapse(name)))
    plain = [word.capitalize() if word.isupper() and len(word) > 3 else word for word in words]
    return f"LicenseRef-{'-'.join(plain).strip('.-') or 'Unnamed'}"


def find_own_day(text: str) -> str | None:
    """Return the day in the head of the text, ISO: when it took effect or was last changed."""
    match = _DAY.search(flatten(text[:2500]))
    if match is None:
        return None
    if match["iso"]:
        return match["iso"]
    day, month, year = (match[k] or match[f"{k}2"] for k in ("d", "m", "y"))
    try:
        return datetime.strptime(f"{day} {month} {year}", "%d %B %Y").date().isoformat()
    except ValueError:
        return None


def is_policy_title(name: str) -> bool:
    """Whether a document calls itself a policy on use, and no licence."""
    return _POLICY_TITLE.search(name) is not None
