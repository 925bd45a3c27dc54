"""HTML that is safe by construction: what is not `Html` already is escaped on its way in."""

from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlsplit

from kb.text.plain_text import as_html, as_web_address


class Html(str):
    """A piece of HTML that was built here; any other string is text."""

    __slots__ = ()


Content = str | Html | int | float | None
_LONGEST = 10_000


def tag(name: str, *children: Content, css: str = "", **attributes: str) -> Html:
    """Return an element; children that are no `Html` are escaped, None is left out."""
    given = {"class": css, **attributes} if css else attributes
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{as_html(value)}"' for key, value in given.items()
    )
    return Html(f"<{name}{written}>{join(children)}</{name}>")


def join(pieces: Iterable[Content]) -> Html:
    """Return the pieces one after another, escaped where they are text."""
    return Html("".join(_as_piece(piece) for piece in pieces if piece is not None))


def _as_piece(piece: Content) -> str:
    if isinstance(piece, Html):
        return str(piece)
    text = str(piece)
    if len(text) > _LONGEST:  # browsers stand still over a word of a million letters
        text = f"{text[:_LONGEST]}… ({len(text) - _LONGEST:,} characters more)"
    return as_html(text)


def make_table(heads: Sequence[str], rows: Iterable[Sequence[Content]], css: str = "") -> Html:
    """Return a table in a box that scrolls by itself; on a phone each row is a block.

    The roles say what the elements are even then, when the browser lays them out as blocks.
    """
    head = tag("tr", *(tag("th", words, scope="col", role="columnheader") for words in heads),
               role="row")  # fmt: skip
    body = join(_make_row(heads, row) for row in rows)
    table = tag(
        "table", tag("thead", head, role="rowgroup"), tag("tbody", body, role="rowgroup"),
        role="table",
    )  # fmt: skip
    return tag("div", table, css=f"ac-table {css}".strip(), tabindex="0")


def _make_row(heads: Sequence[str], row: Sequence[Content]) -> Html:
    pairs = zip(heads, row, strict=True)
    return tag(
        "tr", *(tag("td", cell, role="cell", data_label=head) for head, cell in pairs), role="row"
    )


def make_facts(pairs: Iterable[tuple[str, Content]]) -> Html:
    """Return a list of terms and what they are; those without a value are left out."""
    known = [(term, value) for term, value in pairs if value not in (None, "")]
    return tag("dl", *(join((tag("dt", t), tag("dd", v))) for t, v in known), css="ac-facts")


def link_out(url: object, words: object = None) -> Html:
    """Return a link to a page of the web; an address that is not http(s) stays text."""
    address = as_web_address(url)
    if address is None:
        return tag("span", str(words or url or ""))
    shown = str(words) if words else _shorten(address)
    return tag("a", shown, href=address, rel="noopener noreferrer nofollow", css="ac-out")


def _shorten(address: str, longest: int = 60) -> str:
    parts = urlsplit(address)
    text = f"{parts.hostname}{parts.path}".rstrip("/")
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def link_page(page: str, words: Content, css: str = "", **query: str) -> Html:
    """Return a link to a page of this dashboard, in the same tab."""
    return tag("a", words, href=make_address(page, **query), target="_self", css=css)


def make_address(page: str, **query: str) -> str:
    """Return the address of a page, relative, so that it holds behind any host and path."""
    asked = "&".join(f"{key}={quote(value, safe='/')}" for key, value in query.items())
    return f"./{page}{'?' if asked else ''}{asked}"
