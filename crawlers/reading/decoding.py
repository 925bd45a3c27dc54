"""Bytes of a document → its text, the one that places count in.

It has no NUL and no lone surrogates, which databases refuse; each becomes one U+FFFD, so no place
shifts.
"""

import re

from w3lib.encoding import html_to_unicode

from kb.domain.found import ReadDocument
from kb.text.charsets import is_web_charset

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CHARSET_HEADER = 200


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
