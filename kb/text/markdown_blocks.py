"""Markdown, or plain text → headings, text and tables; code is left out.

Line by line, since what matters here is where each character stands, which the common
libraries do not tell.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.text.blocks import Block, Heading, Paragraph, TableBlock
from kb.text.html_blocks import parse_html
from kb.text.marked_text import Marked, make_marked

# Code shows how to call a model; its numbers are settings, not claims.
_FENCE = re.compile(r" {0,8}(`{3,}|~{3,})")
# "## Results"; a "#" without a space is a tag.
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?=\S)")
# "- ", "• ", "1. ", "2) "; cards pasted from word processors use "•" and "–"
_ITEM = re.compile(r"[ \t]*(?:[-*+•·–]|\d{1,3}[.)])[ \t]+(?=\S)")
# The line under a table's heading: "|:---|---:|", with or without outer bars.
_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-{1,}:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
# Headings underlined with "===" or "---"
_UNDERLINE = re.compile(r"(={3,}|-{3,})[ \t]*")
# Tables of large model cards are written in HTML within Markdown.
_HTML_BLOCK = re.compile(r"[ \t]*<(table)\b", re.IGNORECASE)
# `<h1 align="center">Toyla 7B</h1>`, the usual title of a README
_HTML_HEADING = re.compile(r"[ \t]*<h([1-6])\b[^<>]{0,200}>(.{1,300}?)</h\1>[ \t]*", re.IGNORECASE)
# A comment that is not closed by then was a slip, and the text goes on.
_LONGEST_COMMENT = 200
# "\|" stands for a bar within a cell
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class _Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def parse_markdown(source: str, start: int = 0) -> list[Block]:
    """Return the blocks of the Markdown in source[start:]."""
    lines = list(_split(source, start))
    blocks: list[Block] = []
    open_text: list[_Line] = []
    number = 0

    def close() -> None:
        if open_text:
            blocks.append(_make_text(source, open_text))
            open_text.clear()

    while number < len(lines):
        line = lines[number]
        if fence := _FENCE.match(line.text):
            close()
            number = _skip_fence(lines, number, fence[1])
        elif line.text.lstrip().startswith("<!--") and (after := _find_comment_end(lines, number)):
            close()
            number = after
        elif _HTML_BLOCK.match(line.text):
            close()
            after = _find_table_end(source, lines, number)
            blocks += parse_html(source, line.start, lines[after - 1].end)
            number = after
        elif _begins_table(lines, number):
            close()
            number = _read_table(source, lines, number, blocks)
        elif heading := _HEADING.match(line.text):
            close()
            text = make_marked(source, line.start + heading.end(), line.end)
            blocks.append(Heading(text, len(heading[1])))
            number += 1
        elif heading := _HTML_HEADING.fullmatch(line.text):
            close()
            text = make_marked(source, line.start + heading.start(2), line.start + heading.end(2))
            blocks += [Heading(text, int(heading[1]))] if text.text else []
            number += 1
        elif not line.text.strip():
            close()
            number += 1
        elif open_text and len(open_text) == 1 and _UNDERLINE.fullmatch(line.text):
            level = 1 if line.text.startswith("=") else 2
            blocks.append(Heading(make_marked(source, open_text[0].start, open_text[0].end), level))
            open_text.clear()
            number += 1
        else:
            if _ITEM.match(line.text):
                close()
            open_text.append(line)
            number += 1
    close()
    return blocks


def _split(source: str, start: int) -> Iterator[_Line]:
    while start < len(source):
        end = source.find("\n", start)
        end = len(source) if end == -1 else end
        yield _Line(source[start:end].rstrip("\r"), start)
        start = end + 1


def _make_text(source: str, lines: list[_Line]) -> Paragraph:
    item = _ITEM.match(lines[0].text)
    start = lines[0].start + (item.end() if item else 0)
    return Paragraph(make_marked(source, start, lines[-1].end), item is not None)


def _skip_fence(lines: list[_Line], number: int, fence: str) -> int:
    number += 1
    while number < len(lines) and not lines[number].text.lstrip().startswith(fence):
        number += 1
    return number + 1


def _find_comment_end(lines: list[_Line], number: int) -> int | None:
    """The line after a comment that fills whole lines; None when it is not closed soon."""
    for at in range(number, min(number + _LONGEST_COMMENT, len(lines))):
        if "-->" in lines[at].text:
            return at + 1 if lines[at].text.rstrip().endswith("-->") else None
    return None


def _find_table_end(source: str, lines: list[_Line], number: int) -> int:
    while number < len(lines):
        if "</table" in lines[number].text.lower():
            return number + 1
        number += 1
    return number


def _begins_table(lines: list[_Line], number: int) -> bool:
    if "|" not in lines[number].text or number + 1 >= len(lines):
        return False
    below = lines[number + 1].text
    return "-" in below and "|" in below and _RULE.fullmatch(below) is not None


def _read_table(source: str, lines: list[_Line], number: int, blocks: list[Block]) -> int:
    rows = [_cells(source, lines[number])]
    number += 2
    while number < len(lines) and "|" in lines[number].text and lines[number].text.strip():
        rows.append(_cells(source, lines[number]))
        number += 1
    blocks.append(TableBlock(rows))
    return number


def _cells(source: str, line: _Line) -> list[Marked]:
    text = line.text
    left = len(text) - len(text.lstrip())
    right = len(text.rstrip())
    if text[left : left + 1] == "|":
        left += 1
    if right > left and text[right - 1] == "|" and text[right - 2 : right - 1] != "\\":
        right -= 1
    edges = [left - 1, *(m.start() for m in _BAR.finditer(text, left, right)), right]
    return [
        make_marked(source, line.start + a + 1, line.start + b)
        for a, b in itertools.pairwise(edges)
    ]
