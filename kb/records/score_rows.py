"""Read a table of scores by length: one row per model, one column per length."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kb.domain.errors import UserError

# "score_4k", "128k", "1M": columns of scores, as published tables call them
_LENGTH = re.compile(r"(?:score_)?(\d+)\s*(k|m)?", re.IGNORECASE)
_MOST_ROWS, _MOST_CHARACTERS = 10_000, 5_000_000


@dataclass(frozen=True)
class ScoreRow:
    """One model's line: its cells by column, its scores by length in tokens."""

    line: int
    model: str
    cells: Mapping[str, str]
    scores: Sequence[tuple[int, Decimal]]


def parse_score_rows(text: str) -> tuple[list[ScoreRow], list[str]]:
    """Return the rows and the names of the columns; raise UserError naming what is wrong."""
    if len(text) > _MOST_CHARACTERS:
        raise UserError(f"the table is longer than {_MOST_CHARACTERS:,} characters; split it")
    try:
        reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff"), newline=""), strict=True)
        names = [str(name).strip().lower() for name in reader.fieldnames or ()]
        reader.fieldnames = names
        rows = [_parse_row(row, reader.line_num) for row in reader]
    except csv.Error as error:
        raise UserError(f"not a CSV table: {error}") from None
    if len(rows) > _MOST_ROWS:
        raise UserError(f"the table has more than {_MOST_ROWS:,} rows; split it")
    if not any(_LENGTH.fullmatch(name) for name in names):
        raise UserError(
            "no column of scores; name them by length, like score_4k or 128k "
            f"(found: {', '.join(names)[:200]})"
        )
    return rows, names


def _parse_row(row: Mapping[str | None, str | None], line: int) -> ScoreRow:
    cells = {name: (value or "").strip() for name, value in row.items() if isinstance(name, str)}
    scores = []
    for name, value in cells.items():
        if (match := _LENGTH.fullmatch(name)) and value not in ("", "-"):
            scores.append((as_tokens(match[1], match[2]), as_number(value, line, name)))
    return ScoreRow(line, cells.get("model", f"line {line}"), cells, sorted(scores))


def as_tokens(digits: str, unit: str | None) -> int:
    """Return a length as written, 4k, in tokens."""
    return int(digits) * {"k": 1000, "m": 1_000_000}.get((unit or "").lower(), 1)


def as_number(text: str, line: int, column: str) -> Decimal:
    """Return the number in a cell; raise UserError naming line and column when it is none."""
    try:
        value = Decimal(text.removesuffix("%"))
    except InvalidOperation:
        raise UserError(f"line {line}, column {column}: {text[:40]!r} is not a number") from None
    if not value.is_finite():
        raise UserError(f"line {line}, column {column}: {text[:40]!r} is not a score")
    return value
