"""Hand a document's text to the reader of claims."""

from urllib.parse import urlsplit

from crawlers.sources.web_page.extract import decode
from kb.domain.found import Extraction, ReadDocument
from kb.domain.reading import read_text


def read_claims(document: ReadDocument, text: str | None = None) -> Extraction:
    """Return the claims in a document; `text` is its text where a part is to be passed over."""
    return read_text(
        decode(document) if text is None else text,
        kind=document.kind,
        vendor=document.vendor,
        about=document.about,
        name=urlsplit(document.url).path,
    )
