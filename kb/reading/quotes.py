"""Whether a quote stands in a document, as a reader of it would say."""

from collections.abc import Iterator

from kb.reading.reader import MAX_CHARACTERS, parse_blocks
from kb.text.blocks import Block, Heading, Paragraph, TableBlock, Value
from kb.text.marked_text import Marked, make_marked, make_plain


def contains_quote(text: str, quote: str, name: str = "") -> bool:
    """Whether `quote` stands in the document, markup and white space aside.

    `name` is the document's file name or address, which tells its format. Case counts.
    """
    wanted = make_plain(quote).text
    text = text[:MAX_CHARACTERS]
    return (
        wanted in make_plain(text).text
        or wanted in _join(parse_blocks(text, name))
        or wanted in make_marked(text).text
    )


def render_text(text: str, name: str = "") -> str:
    """Return a document as a reader sees it: its blocks one after the other, without markup."""
    return _join(parse_blocks(text[:MAX_CHARACTERS], name))


def _join(blocks: list[Block]) -> str:
    return " ".join(text.text for block in blocks for text in _list_texts(block))


def _list_texts(block: Block) -> Iterator[Marked]:
    if isinstance(block, Heading | Paragraph | Value):
        yield block.text
    elif isinstance(block, TableBlock):
        yield from (cell for row in block.rows for cell in row)
