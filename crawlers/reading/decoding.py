"""A fetched document → its text, in which places are counted."""

from kb.domain.found import ReadDocument
from kb.text.decoding import decode_bytes


def decode(document: ReadDocument) -> str:
    """Return the text: charset by byte order mark, HTTP header, meta tag, else UTF-8."""
    return decode_bytes(document.body, document.headers.get("content-type"))
