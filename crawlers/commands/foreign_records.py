"""Read WARC records of other tools as pages: unpacked within bounds, text only."""

from collections.abc import Callable

from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response, TextResponse
from scrapy.http.headers import Headers
from scrapy.responsetypes import responsetypes
from scrapy.spiders import Spider
from scrapy.statscollectors import MemoryStatsCollector

from crawlers.archiving.middleware import clean_headers
from crawlers.fetching.addresses import find_url_refusal
from crawlers.fetching.scrapy_settings import make_scrapy_settings
from crawlers.sources.web_page.pages import make_page_document
from crawlers.wanted.pages import PageOptions
from kb.settings import Settings
from kb.stages.replay import LeftOutError
from kb.store.archive.origins import Fetched, Origin
from kb.store.archive.warc_reading import WarcRecord

_CRAWLER = "web_page"


def make_foreign_reader(
    settings: Settings, options: PageOptions
) -> Callable[[WarcRecord], tuple[Origin, Fetched]]:
    """Return a function that opens another tool's record, to be read like a page given by address.

    It raises LeftOutError for an answer that is not good or not text, ValueError for broken bytes.
    """
    crawler = Crawler(Spider, make_scrapy_settings(settings))
    crawler.stats = MemoryStatsCollector(crawler)
    unpacker = HttpCompressionMiddleware(crawler=crawler)

    def read(record: WarcRecord) -> tuple[Origin, Fetched]:
        if record.http_status is not None and not 200 <= record.http_status < 300:
            raise LeftOutError("answers other than 2xx")
        if find_url_refusal(record.url) is not None:
            raise LeftOutError("addresses that are not http or https")
        response = _unpack(unpacker, record)
        if not isinstance(response, TextResponse):
            raise LeftOutError("records that are not text")
        return _make_origin(record.url, options), _make_fetched(record, response)

    return read


def _unpack(unpacker: HttpCompressionMiddleware, record: WarcRecord) -> Response:
    headers = Headers(record.http_headers)
    if record.http_status is None:
        headers = Headers({"content-type": record.headers.get("content-type", "")})
    kind = responsetypes.from_args(headers, record.url, body=record.body)
    response = kind(record.url, headers=headers, body=record.body)
    try:
        unpacked = unpacker.process_response(Request(record.url), response)
    except (IgnoreRequest, OSError, EOFError) as error:
        raise ValueError(f"could not be unpacked: {error}") from None
    assert isinstance(unpacked, Response)
    return unpacked


def _make_fetched(record: WarcRecord, response: Response) -> Fetched:
    status = record.http_status
    headers = clean_headers(response.headers)
    return Fetched(record.url, response.body, record.date, status, headers)


def _make_origin(url: str, options: PageOptions) -> Origin:
    document = make_page_document(url, options)
    return Origin(
        crawler=_CRAWLER,
        vendor=document.vendor,
        about=document.about,
        publisher=document.publisher,
        kind=document.kind,
        title=document.title,
        published_on=document.published_on,
    )
