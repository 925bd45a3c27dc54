"""Read an article of the press."""

from crawlers.articles.article import read_article
from kb.domain.found import Extractor

EXTRACTOR = Extractor("press", 1, read_article)
