"""A table as a grid: its heading drawn together from one or more lines, then its rows."""

import itertools
import re
from dataclasses import dataclass

from kb.text.blocks import TableBlock
from kb.text.marked_text import Marked

# A heading or row that is a size and nothing else: "7B", "8x7B", "70 billion"
SIZE_ONLY = re.compile(
    r"(?:\d{1,4}x)?\d{1,4}(?:\.\d{1,2})?\s?[BMT]|\d+\s(?:billion|million)", re.IGNORECASE
)
# For example "79.3", "~128K", "$0.50", "88.1 (5-shot)"
NUMERIC = re.compile(
    r"[~<>≈]?\s?[$€]?\d[\d.,]*\s?(?:%|[KMBT]\b)?(?:\s?\([^()]{0,30}\))?", re.IGNORECASE
)
# A second line of headings: "5-shot", "pass@1", "CoT", "maj@64"
_SETTING = re.compile(
    r"-|\d+[- ]?shots?.{0,20}|.{0,12}@\d+.{0,8}|acc(?:uracy)?|em|f1|cot|maj@\d+|(?:avg|average)\b.{0,12}|%",
    re.IGNORECASE,
)
_MAX_COLUMNS = 80


@dataclass(frozen=True)
class Grid:
    """A heading and the rows under it, all of one width."""

    header: list[str]
    rows: list[list[Marked]]

    @property
    def width(self) -> int:
        return len(self.header)

    def column(self, index: int) -> list[str]:
        return [row[index].text for row in self.rows]


def make_grid(table: TableBlock) -> Grid | None:
    """Return the grid of a table, or None when it has no rows."""
    rows = [row[:_MAX_COLUMNS] for row in table.rows if any(cell.text for cell in row)]
    if not rows:
        return None
    width = max(len(row) for row in rows[:50])
    empty = Marked("", (), ())
    rows = [[*row, *[empty] * (width - len(row))][:width] for row in rows]
    if not any(cell.text for cell in table.rows[0]) and rows[0][0].text:
        rows.insert(0, [empty] * width)  # the heading is there, and empty: what follows is values
    if len(rows) < 2:
        return None
    header = [cell.text for cell in rows[0]]
    body = rows[1:]
    for _ in range(2):
        if len(body) < 2 or not _is_more_header(header, body[0]):
            break
        header = [_merge(above, cell.text) for above, cell in zip(header, body[0], strict=True)]
        body = body[1:]
    return Grid(header, body)


def _is_more_header(header: list[str], row: list[Marked]) -> bool:
    """A second line of headings: no numbers in it, and either settings or parts of a wide one."""
    texts = [cell.text for cell in row]
    if any(NUMERIC.fullmatch(text) and not SIZE_ONLY.fullmatch(text) for text in texts[1:]):
        return False
    filled = [text for text in texts[1:] if text]
    if not filled or texts[0] not in ("", header[0]):
        return False
    is_setting = all(_SETTING.fullmatch(text) for text in filled)
    is_split = any(a == b and a for a, b in itertools.pairwise(header))
    return is_setting or is_split


def _merge(above: str, below: str) -> str:
    if not below or below in ("-", above):
        return above
    if _SETTING.fullmatch(below):
        return f"{above} ({below})"
    return f"{above} {below}".strip()
