"""Read a page of any kind: bytes → text → claims with their place in that text.

Offsets count in the decoded text. It has no NUL and no lone surrogates, which databases refuse;
each becomes one U+FFFD, so no place shifts.
"""

import re
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from urllib.parse import urlsplit

from w3lib.encoding import html_to_unicode

from kb.domain.charsets import is_web_charset
from kb.domain.found import Extraction, Extractor, ReadDocument
from kb.domain.reading import VERSION

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CHARSET_HEADER = 200


def read(document: ReadDocument) -> Extraction:
    """Return the claims of a page."""
    return read_text(decode(document), document)


def decode(document: ReadDocument) -> str:
    """Return the text: charset by byte order mark, HTTP header, meta tag, else UTF-8."""
    served = document.headers.get("content-type", "")[:_CHARSET_HEADER]
    try:
        charset, text = html_to_unicode(served or None, document.body, default_encoding="utf-8")
        if not is_web_charset(charset):
            raise LookupError(charset)
    except (LookupError, ValueError):
        text = document.body.decode("utf-8", "replace")
    return _UNSTORABLE.sub("\ufffd", text)


def read_text(text: str, document: ReadDocument) -> Extraction:
    """Call the reader of texts, `kb.domain.reading.read_text`, where it is there."""
    if find_spec("kb.domain.reading") is None:
        return Extraction()
    reader: Callable[..., Extraction] = import_module("kb.domain.reading").read_text
    return reader(
        text,
        kind=document.kind,
        vendor=document.vendor,
        about=document.about,
        name=urlsplit(document.url).path,
    )


EXTRACTOR = Extractor("web_page", 1, read, VERSION)
