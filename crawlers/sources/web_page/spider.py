"""Spider for single pages; with `follow` it also follows links to the same host.

For a licence it also asks for the policies that the text refers to, one step deep.
"""

from collections.abc import AsyncIterator, Iterator
from itertools import islice
from typing import Any
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.linkextractors import LinkExtractor
from scrapy.utils.httpobj import urlparse_cached

from crawlers.archiving.context import CrawlContext
from crawlers.fetching.addresses import MAX_URL
from crawlers.reading.licence_terms import find_policy_urls
from crawlers.sources.web_page.pages import check_page_urls, make_page_document
from crawlers.spiders.base import SourceSpider
from crawlers.wanted.pages import PageOptions
from crawlers.wanted.wishes import Wanted
from kb.domain.drafts import SourceKind

_MAX_LINKED_BYTES = 5_000_000
_MAX_LINKS = 1000
_LINKS = LinkExtractor()


class WebPageSpider(SourceSpider):
    """Reads the pages it is given."""

    name = "web_page"

    def __init__(
        self, context: CrawlContext, urls: list[str], options: PageOptions, **kwargs: Any
    ) -> None:
        super().__init__(context, **kwargs)
        self.urls = urls
        self.options = options
        self._given = {urldefrag(url).url for url in urls}

    @classmethod
    def make_arguments(cls, wanted: Wanted) -> dict[str, Any]:
        """Return the pages that were named; raise UserError for one that must not be asked."""
        return {"urls": check_page_urls(list(wanted.items)), "options": wanted.pages}

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each page."""
        for url in self.urls:
            yield self._request(url)

    def _request(self, url: str) -> Request:
        address = urldefrag(url).url
        document = make_page_document(address, self.options)
        meta = {"document": document}
        return Request(address, self.parse, errback=self.note_failure, meta=meta)

    def parse(self, response: Response) -> Iterator[Request]:
        """Follow links if asked to; the page itself is read from the archive."""
        yield from self._follow_policies(response)
        is_page = isinstance(response, HtmlResponse) and len(response.body) <= _MAX_LINKED_BYTES
        if not self.options.follow or not is_page:
            return
        host = urlparse_cached(response).netloc
        links = _LINKS.extract_links(response)  # type: ignore[arg-type]
        here = (link.url for link in links if _is_on(link.url, host))
        for url in islice(here, _MAX_LINKS):
            yield self._request(url)

    def _follow_policies(self, response: Response) -> Iterator[Request]:
        """Ask for the policies that a licence names; those that a policy names are not followed."""
        is_licence = self.options.kind is SourceKind.LICENSE and response.url in self._given
        if is_licence and isinstance(response, TextResponse):
            for url in find_policy_urls(response.text):
                yield self._request(url)


def _is_on(url: str, host: str) -> bool:
    return len(url) <= MAX_URL and urlsplit(url).netloc == host


SPIDER = WebPageSpider
