"""What a document is made of, whatever its format: headings, text, tables, values under keys."""

from dataclasses import dataclass

from kb.text.marked_text import Marked

MAX_CELLS = 200_000


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the document's own."""

    text: Marked
    level: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph or a list item; items of one list share `list_id`."""

    text: Marked
    is_item: bool = False


@dataclass(frozen=True)
class TableBlock:
    """A table as a grid: a cell that spans several places stands in each of them."""

    rows: list[list[Marked]]
    has_header: bool = True
    caption: str = ""


@dataclass(frozen=True)
class Value:
    """A value under a path of keys, as in front matter, JSON or a program's object.

    `inside` are the numbers of the objects around it, the innermost last, where they are told apart.
    """

    path: tuple[str, ...]
    text: Marked
    is_string: bool = True
    inside: tuple[int, ...] = ()


Block = Heading | Paragraph | TableBlock | Value
