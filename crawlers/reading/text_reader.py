"""Hand a document's text to the reader of claims."""

from urllib.parse import urlsplit

from crawlers.reading.decoding import decode
from crawlers.reading.licence_terms import read_licence_terms
from kb.domain.drafts import SourceKind
from kb.domain.found import Extraction, ReadDocument
from kb.reading import read_text
from kb.reading.gathering import join


def read_claims(document: ReadDocument, text: str | None = None) -> Extraction:
    """Return the claims in a document; `text` replaces its text where a part is to be skipped."""
    text = decode(document) if text is None else text
    extraction = read_text(
        text,
        kind=document.kind,
        vendor=document.vendor,
        about=document.about,
        name=urlsplit(document.url).path,
        encoder=document.encoder,
    )
    if document.kind is not SourceKind.LICENSE:
        return extraction
    return join(extraction, read_licence_terms(text, document.about))
