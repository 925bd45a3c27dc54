"""Tables → rows with their place: CSV by its lines, a catalogue as JSON by its objects."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.text.trees import Node, parse_json


@dataclass(frozen=True)
class Row:
    """The cells of a row, and where it stands."""

    cells: list[Any]
    quote: str
    start: int
    end: int


def read_csv_rows(text: str) -> Iterator[Row]:
    """Yield the rows of a CSV text, header first; a line that is not CSV has no cells.

    A quoted cell may run over several lines; its row does too.
    """
    ends = [0]

    def feed() -> Iterator[str]:
        for line in text.splitlines(keepends=True):
            ends.append(ends[-1] + len(line))
            yield line

    reader = csv.reader(feed())
    start = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = []
        end = ends[-1]
        if text[start:end].strip():
            lead = 1 if text.startswith("\ufeff", start) else 0
            if lead and cells:
                cells[0] = cells[0].removeprefix("\ufeff")
            quote = text[start + lead : end].rstrip("\r\n")
            yield Row(cells, quote, start + lead, start + lead + len(quote))
        start = end


def read_catalogue_rows(text: str) -> Iterator[Row]:
    """Yield the rows of a catalogue, category → model → figures, header first.

    Raises TreeError when it is not JSON.
    """
    headers = ("rating", "rating_q025", "rating_q975", "num_battles")
    yield Row(["model", "category", *headers], "", 0, 0)
    for category, models in parse_json(text).members.items():
        for name, figures in models.members.items():
            if figures.members:
                cells = [_read_cell(figures.get(header)) for header in headers]
                start, end = figures.whole_start, figures.end
                yield Row([name, category, *cells], text[start:end], start, end)


def _read_cell(node: Node | None) -> str | None:
    return None if node is None or node.text == "null" else node.text
