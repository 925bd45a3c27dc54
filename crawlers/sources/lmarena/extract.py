"""Read a leaderboard table as a dated series of ratings, one result per row.

The subject is the name on the board, exactly as written: "Llama-4-Maverick-03-26-Experimental"
is not the model that was released.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from crawlers.reading.decoding import decode
from crawlers.sources.lmarena.boards import (
    MAX_ROWS,
    NAMES,
    Columns,
    find_arena,
    find_columns,
    name_board,
)
from crawlers.sources.lmarena.parquet_rows import decode_parquet
from crawlers.sources.lmarena.rows import Row, read_catalogue_rows, read_csv_rows
from kb.domain.drafts import Conditions
from kb.domain.found import Extraction, Extractor, FoundResult, ReadDocument
from kb.domain.outcomes import EvidenceKind
from kb.text.dates import find_date_in_name, parse_date, read_http_date

_INTERVAL = re.compile(r"\+(\d+(?:\.\d+)?)/-(\d+(?:\.\d+)?)")  # +12/-13, as in older CSV tables
_NUMBER = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,20})?")  # bounded: a cell may hold a megabyte
_PREVIEW = 160
_MAX_QUOTE = 500


def read(document: ReadDocument) -> Extraction:
    """Return the ratings in a table, be it CSV, Parquet or a catalogue in JSON.

    Raises ParquetError or TreeError for one that cannot be read.
    """
    rows, unit = _open(document)
    board = _Board(find_arena(document.url), _find_date(document), unit)
    return board.read(rows)


def _open(document: ReadDocument) -> tuple[Iterable[Row], str]:
    if document.body[:4] == b"PAR1":
        wanted = [name for names in NAMES.values() for name in names]
        table = decode_parquet(document.body, wanted, MAX_ROWS)
        return _place_rows(table), "rows"
    text = decode(document)
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return read_catalogue_rows(text), "characters"
    return read_csv_rows(text), "characters"


def _place_rows(table: list[list[Any]]) -> Iterable[Row]:
    """Rows of a file without text: a row's number is its place, its cells are its quote."""
    headers = [str(name) for name in table[0]]
    yield Row(headers, ", ".join(headers), 0, 0)
    for number, cells in enumerate(table[1:]):
        pairs = zip(headers, cells, strict=True)
        words = ", ".join(f"{name}={cell}" for name, cell in pairs if cell is not None)
        yield Row(cells, words.replace("\x00", "\ufffd"), number, number + 1)


def _find_date(document: ReadDocument) -> str | None:
    """The day of a table without a date of its own: by its name, else when it was served."""
    named = find_date_in_name(document.url)
    if named is None and document.published_on is not None:
        named = document.published_on.isoformat()
    return named or read_http_date(document.headers)


@dataclass
class _Board:
    arena: str
    date: str | None
    unit: str  # what offsets count

    def read(self, rows: Iterable[Row]) -> Extraction:
        results: list[FoundResult] = []
        excluded: list[tuple[str, str]] = []
        failed: list[tuple[str, str]] = []
        columns: Columns | None = None
        for number, row in enumerate(rows):
            if columns is None:
                columns = find_columns([str(cell) for cell in row.cells])
                if not columns.is_board:
                    reason = "no columns with a model and a rating"
                    return Extraction(failed=[(row.quote[:_PREVIEW] or "table", reason)])
            elif number > MAX_ROWS:
                excluded.append((row.quote[:_PREVIEW], f"after {MAX_ROWS:,} rows"))
            else:
                self._read_row(columns, row, number, results, excluded, failed)
        return Extraction(results=results, excluded=excluded, failed=failed)

    def _read_row(
        self,
        columns: Columns,
        row: Row,
        number: int,
        results: list[FoundResult],
        excluded: list[tuple[str, str]],
        failed: list[tuple[str, str]],
    ) -> None:
        cells = {
            thing: row.cells[place]
            for thing, place in columns.places.items()
            if place < len(row.cells) and row.cells[place] not in (None, "", "-")
        }
        if "rating" not in cells and "model" in cells:
            excluded.append((row.quote[:_PREVIEW], "not rated"))
            return
        try:
            results.append(self._make_result(cells, row, number))
        except ValueError as error:
            failed.append((row.quote[:_PREVIEW] or "row", _explain(error)))

    def _make_result(self, cells: dict[str, Any], row: Row, number: int) -> FoundResult:
        rating = _parse_number(cells.get("rating"), "rating")
        low, high = _parse_interval(cells, rating)
        votes, rank = _parse_count(cells, "votes"), _parse_count(cells, "rank")
        day = parse_date(str(cells["date"])) if "date" in cells else None
        offsets = ", offsets count rows" if self.unit == "rows" else ""
        quote = row.quote[:_MAX_QUOTE]
        return FoundResult(
            quote=quote,
            locator=f"row {number}{offsets}",
            start=row.start,
            end=row.end if self.unit == "rows" else row.start + len(quote),
            subject=str(cells.get("model", "")),
            vendor=str(cells["organization"]) if "organization" in cells else None,
            metric="elo",
            value=rating,
            low=low,
            high=high,
            unit="elo",
            n=votes,
            n_unit="votes" if votes else None,
            rank=rank,
            as_of=day.isoformat() if day else self.date,
            evidence=EvidenceKind.RUN,
            conditions=Conditions(board=name_board(self.arena, cells.get("category"))),
        )


def _parse_number(cell: object, what: str) -> float:
    text = str(cell).strip().replace(",", "")
    if isinstance(cell, bool) or _NUMBER.fullmatch(text) is None:
        raise ValueError(f"the {what} is not a number")
    return float(text)


def _parse_count(cells: dict[str, Any], what: str) -> int | None:
    return int(_parse_number(cells[what], what)) or None if what in cells else None


def _explain(error: ValueError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"[:300]
    return str(error)[:300]


def _parse_interval(cells: dict[str, Any], rating: float) -> tuple[float | None, float | None]:
    if "low" in cells and "high" in cells:
        return _parse_number(cells["low"], "interval"), _parse_number(cells["high"], "interval")
    if match := _INTERVAL.fullmatch(str(cells.get("interval", "")).strip()):
        return rating - float(match[2]), rating + float(match[1])
    return None, None


EXTRACTOR = Extractor("lmarena", 2, read)
