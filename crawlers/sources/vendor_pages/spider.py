"""Spider for vendors' own pages."""

from crawlers.articles.spider import ArticleSpider
from kb.domain.drafts import SourceKind


class VendorPagesSpider(ArticleSpider):
    """Reads what vendors publish on their sites."""

    name = "vendor_pages"
    kind = SourceKind.VENDOR_PAGE


SPIDER = VendorPagesSpider
