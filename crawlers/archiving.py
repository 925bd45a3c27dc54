"""Downloader middleware: every good response is in the archive before a spider reads it."""

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.context import CrawlContext
from crawlers.items import Document
from kb.stages.snapshot import Brought, snapshot_document
from kb.store.archive import Fetched
from kb.tables.base import now_utc


class ArchiveMiddleware:
    """Stores responses to requests that carry a Document; leaves the rest alone."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchiveMiddleware":
        """Make it as Scrapy does."""
        return cls(crawler)

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Response:
        """Store the response; one that cannot be stored does not reach the spider."""
        document: Document | None = request.meta.get("document")
        if document is None or not 200 <= response.status < 300:
            return response
        now = now_utc()
        is_file = request.url.startswith("file:")
        fetched = Fetched(
            document.address,
            response.body,
            now,
            None if is_file else response.status,
            _as_headers(response),
        )
        running = self.crawler.spider
        context: CrawlContext = running.context  # type: ignore[union-attr]
        source = document.as_source(now.date())
        by = Brought(running.name, document.vendor, document.about)  # type: ignore[union-attr]
        stored = snapshot_document(context.session, context.archive, source, fetched, by)
        context.report.note_stored(stored, by.crawler)
        context.on_document(document.title)
        return response


def _as_headers(response: Response) -> dict[str, str]:
    headers = response.headers.to_unicode_dict()
    named = ((str(name).lower(), str(headers[name])) for name in headers)
    return dict(sorted(named))
