"""Cut a licence into clauses, each with its place as a reader would cite it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.licences.text.flat import flatten
from kb.licences.text.numbering import (
    HEADING_CHARS,
    MARK,
    Walk,
    add_lead,
    find_lead,
    make_place,
    move,
)

# "Attachment A", "EXHIBIT 1 – Use Restrictions" on a line of its own.
_ANNEX = re.compile(
    r"\W*(?i:attachment|exhibit|annex|appendix|schedule)[ ]+(?:[A-Z]|\d{1,2})\b[^.;]{0,60}$"
)
# A paragraph that ends so does not go on in the next line.
_ENDED = re.compile(r"(?:[.;:,!?)\]\"]|\b(?:and|or))\s*$")
_SENTENCE_END = re.compile(r"(?<=[.;!?])[\"')\]]{0,2}\s+(?=[A-Z(\"\[\d])")
# "e.g." and "Inc." end no sentence
_NO_END = re.compile(r"(?:\b(?:e\.g|i\.e|etc|Inc|Ltd|Co|Corp|No|vs|U\.S|v)\.)$")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A text without full stops is cut, so that no pattern runs over a whole file.
_MOST_SENTENCE = 4000


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
            if _NO_END.search(self.text[max(0, match.start() - 8) : match.start()]):
                continue
            yield from self._cut(begin, match.start())
            begin = match.end()
        yield from self._cut(begin, len(self.text))

    def _cut(self, begin: int, end: int) -> Iterator[tuple[int, str]]:
        """A sentence in pieces of bounded length: text without an end is no sentence."""
        for at in range(begin, end, _MOST_SENTENCE):
            yield self.start + at, self.text[at : min(end, at + _MOST_SENTENCE)]


def parse_clauses(text: str) -> tuple[Clause, ...]:
    """Return the paragraphs of a licence in order, each with place and lead."""
    flat, walk, clauses = flatten(text), Walk(), []
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
        if start is not None and (
            is_blank or alone or _opens(words, flat[max(start, end - HEADING_CHARS) : end])
        ):
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
    match = MARK.match(line)
    if match is None or match.lastgroup == "section":
        return False
    return _ENDED.search(before) is not None or len(before) < HEADING_CHARS


def _make_clause(flat: str, start: int, end: int, walk: Walk) -> Clause:
    whole = flat[start:end]
    mark = MARK.match(whole)
    indent = len(whole) - len(whole.lstrip())
    body = whole[mark.end() :] if mark else whole.lstrip()
    offset = len(whole) - len(body)
    lead = find_lead(walk, indent, is_marked=mark is not None)
    move(walk, mark, indent, body)
    place = make_place(walk, body, is_marked=mark is not None)
    add_lead(walk, body, indent, is_marked=mark is not None)
    return Clause(body, start + offset, end, place, lead)
