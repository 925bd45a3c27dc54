"""Bytes of a document → its text, in which places are counted.

It has no NUL and no lone surrogates, since databases refuse them; each becomes one U+FFFD, so that
no place shifts.
"""

import re

from w3lib.encoding import html_to_unicode

from kb.text.charsets import is_web_charset

# NUL: PostgreSQL refuses it in text. Lone surrogates: they cannot be encoded as UTF-8.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_CHARSET_HEADER = 200


def decode_bytes(body: bytes, served: str | None) -> str:
    """Return the text: charset by byte order mark, HTTP header, meta tag, else UTF-8.

    `served` is the media type as the server gave it.
    """
    try:
        charset, text = html_to_unicode(
            (served or "")[:_CHARSET_HEADER] or None, body, default_encoding="utf-8"
        )
        if not is_web_charset(charset):
            raise LookupError(charset)
    except (LookupError, ValueError):
        text = body.decode("utf-8", "replace")
    return _UNSTORABLE.sub("\ufffd", text)
