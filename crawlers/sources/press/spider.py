"""Spider for outlets of the press."""

from crawlers.articles.spider import ArticleSpider
from kb.domain.drafts import SourceKind


class PressSpider(ArticleSpider):
    """Reads articles of the press."""

    name = "press"
    kind = SourceKind.PRESS


SPIDER = PressSpider
