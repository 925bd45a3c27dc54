"""Read a page of any kind for its claims."""

from crawlers.reading.text_reader import read_claims
from kb.domain.found import Extractor
from kb.reading import VERSION

EXTRACTOR = Extractor("web_page", 4, read_claims, VERSION)
