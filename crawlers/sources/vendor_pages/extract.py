"""Read a page of a vendor."""

from crawlers.articles.article import read_article
from kb.domain.found import Extractor
from kb.reading import VERSION

EXTRACTOR = Extractor("vendor_pages", 2, read_article, VERSION)
