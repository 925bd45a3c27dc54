"""Plain text taken out of marked-up text, each character knowing where it stood.

Markdown emphasis, links, images, HTML tags and entities go; what a reader would see stays. Every
pattern is bounded, so that no text, however made, takes more than linear time.
"""

import html
import re
from dataclasses import dataclass

_MARKUP = re.compile(
    # Images and comments go whole; of tags and emphasis only the marks.
    r"(?P<gone><!--(?:(?!-->|<!--).){0,2000}-->|!\[[^\]\n]{0,300}\]\([^()\s]{0,2000}\)"
    r"|</?(?!br\b)[a-zA-Z][^<>]{0,2000}>|\*{1,3}|_{2,3}(?=\S)|(?<=\S)_{2,3}|`{1,3}|~~"
    r"|(?<!\w)_(?=\w)|(?<=[\w.)])_(?!\w))"
    # Of "[words](address)" the words stay; addresses may hold brackets of their own.
    r"|(?P<link>\]\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200}){0,3}"
    r"(?:\s\"[^\"\n]{0,300}\")?\)|\]\[[^\]\n]{0,100}\]|[\[\]])"
    r"|(?P<break><br\s*/?>|\s+)"
    # "\_" and "\*" as Markdown escapes them
    r"|(?P<escape>\\(?=[\\`*_{}\[\]()#+\-.!~|<>$&^]))"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Marked:
    """Plain `text`; character i stands at source[starts[i]:ends[i]]."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def find_place(self, start: int, end: int) -> tuple[int, int]:
        """Return where the characters [start, end) stand in the source."""
        return self.starts[start], self.ends[end - 1]

    def cut(self, start: int, end: int) -> "Marked":
        """Return the characters [start, end), without white space around them."""
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Marked(self.text[start:end], self.starts[start:end], self.ends[start:end])


def make_plain(source: str, start: int = 0, end: int | None = None) -> Marked:
    """Return source[start:end] as it is, but with white space drawn together."""
    return _make(source, start, len(source) if end is None else end, re.compile(r"(?P<break>\s+)"))


def make_marked(source: str, start: int = 0, end: int | None = None) -> Marked:
    """Return source[start:end] without its Markdown and HTML marks."""
    return _make(source, start, len(source) if end is None else end, _MARKUP)


def join_marked(parts: list[Marked]) -> Marked:
    """Return the parts as one text, a space between two."""
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for part in parts:
        if not part.text:
            continue
        if text:
            text.append(" ")
            starts.append(ends[-1])
            ends.append(ends[-1])
        text.append(part.text)
        starts += part.starts
        ends += part.ends
    return Marked("".join(text), tuple(starts), tuple(ends))


def _make(source: str, start: int, end: int, pattern: re.Pattern[str]) -> Marked:
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def keep(characters: str, at: int, until: int | None = None) -> None:
        for offset, character in enumerate(characters):
            text.append(character)
            starts.append(at if until else at + offset)
            ends.append(until or at + offset + 1)

    position = start
    for match in pattern.finditer(source, start, end):
        keep(source[position : match.start()], position)
        position = match.end()
        if match.lastgroup == "break" and text and text[-1] != " ":
            keep(" ", match.start(), match.end())
        elif match.lastgroup == "entity":
            keep(html.unescape(match[0]).replace("\xa0", " "), match.start(), match.end())
    keep(source[position:end], position)
    return Marked("".join(text), tuple(starts), tuple(ends)).cut(0, len(text))
