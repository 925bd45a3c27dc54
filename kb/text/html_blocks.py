"""HTML → headings, text and tables, each character with its place in the source.

The parser is the standard library's: it never fails, whatever it is fed. Nesting is not followed,
so depth costs nothing; the grid of a table is bounded.
"""

from html.parser import HTMLParser

from kb.text.blocks import MAX_CELLS, Block, Heading, Paragraph, TableBlock
from kb.text.marked_text import Marked, join_marked, make_marked, make_plain

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "title": 1}
# Tags around which a reader sees a break; all others stand within a line.
_ENDS_TEXT = {
    "p", "div", "li", "ul", "ol", "section", "article", "header", "main", "br", "hr", "dt", "dd",
    "blockquote", "figure", "figcaption", "table", "tr", "td", "th", "body", "pre", *_HEADINGS,
}  # fmt: skip
# What a reader does not see, or sees on every page of the site.
_NOT_READ = {"script", "style", "noscript", "template", "svg", "nav", "footer", "head", "iframe"}
# Wider than any real table; `colspan="1000"` is taken for a mistake or a trap.
_MAX_SPAN = 60


class _HtmlParser(HTMLParser):
    def __init__(self, source: str, start: int, end: int) -> None:
        super().__init__(convert_charrefs=False)
        self.source, self.base, self.end = source, start, end
        self.lines = _find_lines(source, start, end)
        self.blocks: list[Block] = []
        self.pieces: list[Marked] = []
        self.silent = 0
        self.item = False
        self.heading = 0
        self.grid: _Grid | None = None
        self.term: Marked | None = None
        self.tag = ""

    def place(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _NOT_READ:
            self.silent += tag != "head"
        if tag in _ENDS_TEXT:
            self.flush()
        if tag == "li":
            self.item = True
        if tag in _ENDS_TEXT:
            self.tag = tag
        self.heading = _HEADINGS.get(tag, self.heading if tag not in _ENDS_TEXT else 0)
        if tag == "table":
            self.close_table()
            self.grid = _Grid()
        elif self.grid is not None:
            self.grid.start(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in _NOT_READ and self.silent and tag != "head":
            self.silent -= 1
        if tag in _ENDS_TEXT:
            self.flush()
            self.heading = 0
        if tag == "li":
            self.item = False
        if tag == "table":
            self.close_table()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            at = self.place()
            self.pieces.append(make_plain(self.source, at, at + len(data)))

    def handle_entityref(self, name: str) -> None:
        self._take_reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._take_reference(f"&#{name};")

    def _take_reference(self, text: str) -> None:
        if not self.silent:
            at = self.place()
            self.pieces.append(make_marked(self.source, at, min(at + len(text), self.end)))

    def flush(self) -> None:
        text = join_marked(self.pieces)
        self.pieces = []
        if not text.text:
            return
        if self.grid is not None:
            self.grid.add(text)
        elif self.heading:
            self.blocks.append(Heading(text, self.heading))
        elif self.tag == "dt":
            self.term = text
        elif self.tag == "dd" and self.term is not None:
            empty = Marked("", (), ())
            self.blocks.append(TableBlock([[empty, empty], [self.term, text]]))
            self.term = None
        else:
            self.blocks.append(Paragraph(text, self.item))

    def close_table(self) -> None:
        if self.grid is not None:
            self.flush()
            rows = self.grid.make_rows()
            if rows:
                self.blocks.append(TableBlock(rows))
        self.grid = None


class _Grid:
    """Cells as they come, with the spans of those above."""

    def __init__(self) -> None:
        self.rows: list[list[list[Marked]]] = []
        self.spans: dict[int, tuple[int, list[Marked]]] = {}
        self.cell: list[Marked] | None = None
        self.cells = 0

    def start(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "tr":
            self.rows.append([])
            self._take_spans()
            self.cell = None
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            self._open_cell(_parse_span(attrs.get("colspan")), _parse_span(attrs.get("rowspan")))

    def _take_spans(self) -> None:
        row = self.rows[-1]
        while len(row) in self.spans and self.cells < MAX_CELLS:
            column = len(row)
            left, cell = self.spans.pop(column)
            row.append(cell)
            self.cells += 1
            if left > 1:
                self.spans[column] = (left - 1, cell)

    def _open_cell(self, wide: int, high: int) -> None:
        self.cell = []
        for _ in range(wide):
            if self.cells >= MAX_CELLS:
                return
            if high > 1:
                self.spans[len(self.rows[-1])] = (high - 1, self.cell)
            self.rows[-1].append(self.cell)
            self.cells += 1
        # A span that begins in this row is for the rows below.
        below = {c: v for c, v in self.spans.items() if c >= len(self.rows[-1])}
        while len(self.rows[-1]) in below:
            self._take_spans()
            below = {c: v for c, v in self.spans.items() if c >= len(self.rows[-1])}

    def add(self, text: Marked) -> None:
        if self.cell is not None:
            self.cell.append(text)

    def make_rows(self) -> list[list[Marked]]:
        return [[join_marked(cell) for cell in row] for row in self.rows if row]


def _parse_span(value: str | None) -> int:
    return (
        min(max(int(value), 1), _MAX_SPAN)
        if value and value.isascii() and value.isdigit() and len(value) < 6
        else 1
    )


def _find_lines(source: str, start: int, end: int) -> list[int]:
    lines = [start]
    at = source.find("\n", start, end)
    while at != -1:
        lines.append(at + 1)
        at = source.find("\n", at + 1, end)
    return lines


def _disarm(text: str) -> str:
    """Blank out, length kept, what begins a tag or comment and never ends.

    The parser looks for the end anew at each of them, up to the end of the text.
    """
    last = text.rfind(">")
    text = text[: last + 1] + text[last + 1 :].replace("<", " ")
    last = text.rfind("-->")
    head, tail = text[: last + 1], text[last + 1 :]
    return (head + tail.replace("<!--", "    ")).replace("<![", "   ")


def parse_html(source: str, start: int = 0, end: int | None = None) -> list[Block]:
    """Return the blocks of the HTML in source[start:end]."""
    stop = len(source) if end is None else end
    parser = _HtmlParser(source, start, stop)
    parser.feed(_disarm(source[start:stop]))
    parser.close()
    parser.close_table()
    parser.flush()
    return parser.blocks
