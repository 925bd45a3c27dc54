"""Spider for articles: from lists of pages to the pages, within caps on count and depth.

Lists (sitemaps, feeds) are only followed; the articles are archived and read.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawlers.archiving.context import CrawlContext
from crawlers.articles.discovery import Link, read_links
from crawlers.articles.same_site import is_same_site
from crawlers.articles.wanted_sites import list_wanted_sites
from crawlers.spiders.base import SourceSpider
from crawlers.wanted.document import WantedDocument
from crawlers.wanted.site import Site
from crawlers.wanted.wishes import Wanted
from kb.domain.drafts import SourceKind
from kb.tables.base import now_utc
from kb.text.counting import count_things

_MAX_LIST_DEPTH = 3
_MAX_LISTS = 200


class ArticleSpider(SourceSpider):
    """Reads the articles of the sites it is given; subclasses say of which kind those are."""

    kind = SourceKind.VENDOR_PAGE

    def __init__(self, context: CrawlContext, sites: list[Site], **kwargs: Any) -> None:
        super().__init__(context, **kwargs)
        self.sites = sites
        self.today = now_utc().date()
        self.asked: dict[str, set[str]] = {site.url: set() for site in sites}
        self.lists: dict[str, set[str]] = {site.url: {site.url} for site in sites}

    @classmethod
    def make_arguments(cls, wanted: Wanted) -> dict[str, Any]:
        """Return the sites that are wanted."""
        return {"sites": list_wanted_sites(wanted)}

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the list of each site."""
        for site in self.sites:
            yield self._ask_list(site, site.url, 0)

    def _ask_list(self, site: Site, url: str, depth: int) -> Request:
        return Request(
            url, self.parse_list, errback=self.note_failure, dont_filter=True,
            priority=10, cb_kwargs={"site": site, "depth": depth},
        )  # fmt: skip

    def parse_list(self, response: Response, site: Site, depth: int) -> Iterator[Request]:
        """Follow what a list names: more lists, and the pages that are wanted."""
        strangers = 0
        for link in read_links(response.body, response.url):
            if not is_same_site(link.url, site.url):
                strangers += 1
            elif link.is_list:
                yield from self._follow_list(site, link, depth + 1)
            else:
                yield from self._ask_page(site, link)
        if strangers:
            reason = f"{count_things(strangers, 'link')} to other sites not followed"
            self.context.report.refused[response.url] = reason

    def _follow_list(self, site: Site, link: Link, depth: int) -> Iterator[Request]:
        lists = self.lists[site.url]
        if depth > _MAX_LIST_DEPTH or len(lists) >= _MAX_LISTS:
            reason = f"lists more than {_MAX_LIST_DEPTH} deep or {_MAX_LISTS} in number"
            self.context.report.refused[site.url] = reason
        elif link.url not in lists:
            lists.add(link.url)
            yield self._ask_list(site, link.url, depth)

    def _ask_page(self, site: Site, link: Link) -> Iterator[Request]:
        asked = self.asked[site.url]
        if link.url in asked or link.url in self.lists[site.url]:
            return
        if not site.wants(link.url, link.day, self.today):
            return
        if len(asked) >= site.max_pages:
            reason = f"more than {site.max_pages} pages; the rest is not read (--max-pages)"
            self.context.report.refused[site.url] = reason
            return
        asked.add(link.url)
        document = WantedDocument(
            link.url, site.publisher, self.kind, None, site.vendor,
            published_on=link.day if link.is_publication else None, text_only=True,
        )  # fmt: skip
        meta = {"document": document}
        yield Request(link.url, self.parse_page, errback=self.note_failure, meta=meta)

    def parse_page(self, response: Response) -> None:
        """Follow nothing: the page is read from the archive."""
