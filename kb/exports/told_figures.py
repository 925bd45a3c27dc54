"""Figures in prose: found between their markers, read from the published file, written back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from kb.domain.errors import UserError

_MARKED = re.compile(r"<!--figure:(?P<name>[a-z0-9-]+)-->(?P<words>.*?)<!--/figure-->", re.DOTALL)
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`|^\|.*$", re.DOTALL | re.MULTILINE)
_ADDRESS = re.compile(r"\]\([^)]*\)")
_NUMBER = re.compile(
    r"\d[\d.,]*\d|\d|\b(?:hundred|thousand|million|billion|trillion|per ?cent)s?\b", re.IGNORECASE
)


@dataclass(frozen=True)
class ToldFigure:
    """A figure as a page states it: its name, its words, and its line."""

    name: str
    words: str
    line: int


@dataclass(frozen=True)
class FigureList:
    """The queries that give figures, by name, and the numbers that say nothing about the base."""

    queries: dict[str, str]
    other_numbers: tuple[str, ...]


def parse_list(text: str) -> FigureList:
    """Return the list in `docs/figures.yml`."""
    whole = yaml.safe_load(text)
    return FigureList(dict(whole["figures"]), tuple(whole["other_numbers"]))


def find_figures(text: str) -> list[ToldFigure]:
    """Return the marked figures of a page, in their order."""
    return [
        ToldFigure(found["name"], found["words"], text.count("\n", 0, found.start()) + 1)
        for found in _MARKED.finditer(text)
    ]


def read_values(file: Path, queries: Mapping[str, str]) -> dict[str, str]:
    """Return what the queries give in a published file; raise UserError for one without a value."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return {name: _read_value(connection, name, query) for name, query in queries.items()}


def _read_value(connection: duckdb.DuckDBPyConnection, name: str, query: str) -> str:
    rows = connection.execute(query).fetchall()
    if len(rows) != 1 or len(rows[0]) != 1 or not isinstance(rows[0][0], str):
        raise UserError(f"the query of {name} gives {rows[:3]}, not one row with words")
    return rows[0][0]


def write_figures(text: str, values: Mapping[str, str]) -> str:
    """Return the page with every marked figure as the base has it now."""

    def replace(found: re.Match[str]) -> str:
        if found["name"] not in values:
            raise UserError(f"no figure is called {found['name']}; docs/figures.yml lists them")
        return f"<!--figure:{found['name']}-->{values[found['name']]}<!--/figure-->"

    return _MARKED.sub(replace, text)


def find_unmarked_numbers(text: str, other_numbers: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Yield numbers in prose that are neither marked nor among those that are not of the base."""
    for pattern in (_MARKED, _CODE, _ADDRESS):
        text = pattern.sub(_blank, text)
    for words in other_numbers:
        spaced = r"\s+".join(map(re.escape, words.split()))
        text = re.sub(rf"(?<!\w){spaced}(?![\w])", _blank, text)
    for found in _NUMBER.finditer(text):
        yield text.count("\n", 0, found.start()) + 1, found.group()


def _blank(found: re.Match[str]) -> str:
    """Nothing but the line breaks, so that lines keep their numbers."""
    return "\n" * found.group().count("\n")
