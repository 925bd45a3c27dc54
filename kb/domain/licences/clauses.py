"""Cut a licence into clauses, each with its place as a reader would cite it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.domain.licences.flat import flatten

_MARK = re.compile(
    r"[ ]*(?:[#>]+[ ]*)?(?:(?P<section>(?i:section|article|§)[ ]*(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivxIVX]{1,5}\b)[.:)]?)"
    r"|(?P<annex>(?i:attachment|exhibit|annex|appendix|schedule)[ ]+(?:[A-Z]|\d{1,2})\b(?=[^.;]{0,60}$))"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,3})[.:)]?(?=\s+[A-Z(\"])|(?P<number>\(?\d{1,2}\\?[.)])(?=\s*[A-Z(\"]|\s{1,4}[a-z])"
    r"|(?P<letter>\(?[a-zA-Z]\\?[.)])(?=\s)|(?P<roman>\(?[ivxIVX]{1,5}\\?[.)])(?=\s)|(?P<bullet>[-•▪+]\s))\s*"
)
_ANNEX = re.compile(r"\W*(?i:attachment|exhibit|annex|appendix|schedule)[ ]+(?:[A-Z]|\d{1,2})\b[^.;]{0,60}$")
_ENDED = re.compile(r"(?:[.;:,!?)\]\"]|\b(?:and|or))\s*$")
_TITLED = re.compile(r"(?P<title>[A-Z][\w,&/' -]{2,60}?)\.\s+(?=[A-Z\"(])")
_SENTENCE_END = re.compile(r"(?<=[.;!?])[\"')\]]{0,2}\s+(?=[A-Z(\"\[\d])")
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|etc|Inc|Ltd|Co|Corp|No|vs|U\.S|v)\.)$")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_HEADING_CHARS = 90
_TITLE_WORDS = 6
_LEAD_CHARS = 600
_MOST_LEADS = 4
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@dataclass(frozen=True)
class Clause:
    """A paragraph of a licence. `text` is flat; `start` and `end` count characters of the whole.

    `lead` is the flat text that introduces a list, for the items of that list.
    """

    text: str
    start: int
    end: int
    place: str
    lead: str = ""

    def list_sentences(self) -> Iterator[tuple[int, str]]:
        """Yield each sentence with its offset in the whole licence."""
        begin = 0
        for match in _SENTENCE_END.finditer(self.text):
            if _NO_END.search(self.text[: match.start()]):
                continue
            yield self.start + begin, self.text[begin : match.start()]
            begin = match.end()
        yield self.start + begin, self.text[begin:]


@dataclass
class _Walk:
    """Where a walk through the paragraphs stands."""

    stack: list[tuple[int, str, str]] = field(default_factory=list)
    heading: str = ""
    leads: list[tuple[int, bool, str]] = field(default_factory=list)
    has_body: bool = False


def parse_clauses(text: str) -> tuple[Clause, ...]:
    """Return the paragraphs of a licence in order, each with place and lead."""
    flat, walk, clauses = flatten(text), _Walk(), []
    for start, end in _list_paragraphs(text, flat):
        clauses.append(_make_clause(flat, start, end, walk))
    return tuple(clauses)


def _list_paragraphs(text: str, flat: str) -> Iterator[tuple[int, int]]:
    """Yield paragraphs: parted by blank lines, or by a line that opens with a mark."""
    start: int | None = None
    end = 0
    for line in _LINE.finditer(text):
        words = flat[line.start() : line.end()].rstrip()
        is_blank = not words.strip(" #>-=_")
        alone = _ANNEX.match(words) is not None
        if start is not None and (is_blank or alone or _opens(words, flat[start:end])):
            yield start, end
            start = None
        if not is_blank:
            start = line.start() if start is None else start
            end = line.start() + len(words)
        if alone and start is not None:
            yield start, end
            start = None
    if start is not None:
        yield start, end


def _opens(line: str, before: str) -> bool:
    """Whether a line begins an item, and is no sentence that goes on with a number."""
    match = _MARK.match(line)
    if match is None or match.lastgroup == "section":
        return False
    return _ENDED.search(before) is not None or len(before) < _HEADING_CHARS


def _make_clause(flat: str, start: int, end: int, walk: _Walk) -> Clause:
    whole = flat[start:end]
    mark = _MARK.match(whole)
    indent = len(whole) - len(whole.lstrip())
    body = whole[mark.end() :] if mark else whole.lstrip()
    offset = len(whole) - len(body)
    lead = _find_lead(walk, indent, is_marked=mark is not None)
    _move(walk, mark, indent, body)
    place = _make_place(walk, body, is_marked=mark is not None)
    if body.rstrip().endswith(":"):
        walk.leads.append((indent, mark is not None, body[-_LEAD_CHARS:]))
    return Clause(body, start + offset, end, place, lead)


def _find_lead(walk: _Walk, indent: int, *, is_marked: bool) -> str:
    """What introduces an item: leads that it stands under, those it stands beside dropped."""
    while walk.leads:
        at, was_marked, _ = walk.leads[-1]
        if indent > at or (is_marked and not was_marked and indent >= at):
            break
        walk.leads.pop()
    return " ".join(" ".join(words.split()) for _, _, words in walk.leads[-_MOST_LEADS:])


def _move(walk: _Walk, mark: re.Match[str] | None, indent: int, body: str) -> None:
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
    return len(body) < _HEADING_CHARS and ":" not in body and not body.rstrip().endswith((";", ","))


def _read_mark(mark: re.Match[str], walk: _Walk) -> tuple[str, str]:
    kind = mark.lastgroup or "bullet"
    label = mark[kind].strip(" .():\\")
    if kind == "section":
        label = re.sub(r"(?i)section|article|§", "", label).strip()
    if kind == "letter" and label.lower() in _ROMAN and _is_roman(label.lower(), walk):
        kind = "roman"
    return kind, label


def _is_roman(label: str, walk: _Walk) -> bool:
    """Whether a single i, v or x counts in Roman numerals: i is a letter only after h."""
    before = [name.lower() for _, kind, name in walk.stack if kind in ("letter", "roman")]
    romans = [name.lower() for _, kind, name in walk.stack if kind == "roman"]
    if romans:
        return _ROMAN.get(romans[-1], 0) + 1 == _ROMAN[label]
    return label == "i" and (not before or before[-1] != "h")


def _climb(walk: _Walk, indent: int, kind: str) -> None:
    """Leave the levels that a mark of this kind, standing so far in, does not lie under."""
    if kind in ("section", "annex") or (kind == "dotted" and not any(k == "dotted" for _, k, _ in walk.stack)):
        walk.stack.clear()
        return
    for level, (at, of_kind, _) in enumerate(walk.stack):
        is_same = of_kind == kind and at >= indent - 1
        if is_same or (at > indent + 1):
            del walk.stack[level:]
            return


def _make_place(walk: _Walk, body: str, *, is_marked: bool) -> str:
    if not walk.stack:
        titled = _TITLED.match(body)
        heading = titled["title"] if titled and len(titled["title"].split()) <= 7 else walk.heading
        return f'under "{heading}"' if heading else "the opening"
    labels = ".".join(label for _, _, label in walk.stack)
    if walk.stack[0][1] == "annex":
        return labels
    is_after = not is_marked and walk.has_body and len(walk.stack) == 1
    return f"the paragraph after section {labels}" if is_after else f"section {labels}"
