"""Read the documents of a repository: card, README, licence, policy."""

from crawlers.reading.text_reader import read_claims
from kb.domain.found import Extraction, Extractor, ReadDocument
from kb.reading import VERSION


def read(document: ReadDocument) -> Extraction:
    """Return the claims in a document of a repository."""
    return read_claims(document)


EXTRACTOR = Extractor("github", 3, read, VERSION)
