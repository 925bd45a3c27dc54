"""Read an article of the press."""

from crawlers.articles.article import read_article
from kb.domain.found import Extractor
from kb.reading import VERSION

EXTRACTOR = Extractor("press", 2, read_article, VERSION)
