"""Where a crawl stops: at so many documents per host, and at requests already made."""

from collections import Counter

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.dupefilters import RFPDupeFilter
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetching.guard import RefusedError


class CapReachedError(RefusedError):
    """The host's share of this run is used up; reported once per host."""

    def __init__(self, host: str, most: int) -> None:
        super().__init__(f"refused: more than {most} documents per run (KB_CRAWL_MAX_PAGES)")
        self.host = host


class PageCap:
    """Downloader middleware that counts the documents asked of each host."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.asked: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PageCap":
        """Create it for Scrapy."""
        return cls(crawler.settings.getint("MAX_PAGES_PER_HOST"))

    def process_request(self, request: Request) -> None:
        """Count a document once, however often it is tried or redirected."""
        host = urlparse_cached(request).netloc
        if not host or "document" not in request.meta or request.meta.get("is_counted"):
            return
        if self.asked[host] >= self.most:
            raise CapReachedError(host, self.most)
        self.asked[host] += 1
        request.meta["is_counted"] = True


class OwnAddressFilter(RFPDupeFilter):
    """Skips what was asked before, but follows every redirect.

    Otherwise what a redirect leads to would be stored for whichever page came there first, and a
    redirect in a circle would end without a word.
    """

    def request_seen(self, request: Request) -> bool:
        """Whether to leave a request out."""
        if request.meta.get("redirect_times"):
            return False
        return super().request_seen(request)
