"""Untrusted text made safe to show: in HTML, in charts, in CSV cells; links only to http(s).

Everything in the published file was crawled or contributed, so it may hold HTML, Markdown,
`javascript:` addresses, bidirectional controls or spreadsheet formulas. Pages never write it
but through this module or through `dashboard.wording.markup`, which is built on it, and exports use it.
"""

import html
import re
from urllib.parse import urlsplit

# With these a cell begins that Excel or LibreOffice would compute.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# Controls, soft hyphen, zero-width and direction marks, tags: all that shows nothing.
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def show_hidden(text: object) -> str:
    """Return `text` with control, zero-width and bidirectional characters spelt out.

    A reader who cites a quote should see that something was hidden in it, so they are not
    dropped: U+202E becomes [U+202E].
    """
    return _HIDDEN.sub(lambda found: f"[U+{ord(found.group()):04X}]", str(text))


def as_html(text: object) -> str:
    """Return `text` to stand in HTML, as content or in a quoted attribute."""
    return html.escape(show_hidden(text), quote=True)


def as_chart_text(text: object) -> str:
    """Return `text` to stand in a Plotly label, which reads a little HTML of its own."""
    return html.escape(show_hidden(text).replace("\n", " "), quote=False)


def as_csv_cell(value: object) -> str:
    """Return `value` as a cell that no spreadsheet takes for a formula.

    Text that begins with = + - @ tab or carriage return gets a leading apostrophe (OWASP, CSV
    injection); numbers are left alone.
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(value)
    text = show_hidden(value)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def as_web_address(url: object) -> str | None:
    """Return `url` if it is an http or https address with a host, else None."""
    text = str(url or "").strip()
    if _HIDDEN.search(text) or any(character in text for character in " \t\n\"'<>\\`"):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    return text if parts.scheme.lower() in ("http", "https") and host else None
