"""Downloader middleware: every good response goes into the archive, and is read from there.

A document that is in the archive already is asked for on condition that it changed. When it did
not, the spider is given the archived bytes, so that it goes on following links; no snapshot is
made.
"""

import re
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response, TextResponse
from scrapy.http.headers import Headers
from scrapy.responsetypes import responsetypes

from crawlers.archiving.context import CrawlContext
from crawlers.fetching.guard import RefusedError
from crawlers.wanted.document import WantedDocument
from kb.domain.ids import make_content_id
from kb.stages.snapshot import Arrival, Brought
from kb.store.archive.origins import Fetched
from kb.store.archive.snapshots import Archived, read_newest
from kb.store.archive.warc_files import read_snapshot
from kb.tables.base import now_utc
from kb.text.charsets import is_web_charset

# A header's name is a token (RFC 9110, 5.6.2); anything else could not be written to a WARC file.
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9a-z-]{1,100}")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_VALIDATORS = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))
_NOT_MODIFIED = 304


class ArchiveMiddleware:
    """Stores responses to requests that carry a WantedDocument; leaves the rest alone."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchiveMiddleware":
        """Create it for Scrapy."""
        made = cls(crawler)
        crawler.signals.connect(made.finish, signals.spider_closed)
        return made

    async def finish(self) -> None:
        """Wait for what is still being stored."""
        await self.context.writer.drain()

    @property
    def context(self) -> CrawlContext:
        """What the spiders of the run share."""
        return self.crawler.spider.context  # type: ignore[union-attr,no-any-return]

    def process_request(self, request: Request) -> None:
        """Ask for a document on condition that it is not the one in the archive."""
        document: WantedDocument | None = request.meta.get("document")
        for _, condition in _VALIDATORS:
            request.headers.pop(condition, None)
        request.meta.pop("archived", None)
        if document is None or request.meta.get("unconditional") or _is_file(request):
            return
        source_id = make_content_id("src", document.address)
        if source_id not in self.context.sources_before:
            return
        newest = read_newest(self.context.session, source_id)
        if newest is None or not _is_same_place(request, newest):
            return
        for header, condition in _VALIDATORS:
            if header in newest.headers:
                request.headers[condition] = newest.headers[header]
                request.meta["archived"] = newest

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Hand the response to the archive, then let the spider look for links."""
        document: WantedDocument | None = request.meta.get("document")
        if document is None:
            return response
        if response.status == _NOT_MODIFIED:
            return self._reuse(request, response, document)
        response = with_web_charset(response)
        if not 200 <= response.status < 300:
            return response
        if document.text_only and not isinstance(response, TextResponse):
            served = (response.headers.get("content-type") or b"bytes").decode("latin-1")
            raise RefusedError(f"refused: {served[:80]} is not text")
        await self._store(request, response, document)
        return response

    def _reuse(
        self, request: Request, response: Response, document: WantedDocument
    ) -> Response | Request:
        """Return the archived answer; when its file is damaged, ask for a new one."""
        archived: Archived | None = request.meta.get("archived")
        if archived is None:
            return response
        try:
            body = read_snapshot(self.context.archive, archived.archive_name)
        except (OSError, ValueError):
            meta = {**request.meta, "unconditional": True}
            return request.replace(meta=meta, dont_filter=True)
        name = self.crawler.spider.name  # type: ignore[union-attr]
        self.context.report.note_unchanged(name)
        self.context.on_document(document.address)
        headers = Headers(archived.headers)
        kind = responsetypes.from_args(headers, response.url, body=body)
        status = archived.http_status or 200
        return with_web_charset(kind(response.url, status=status, headers=headers, body=body))

    async def _store(self, request: Request, response: Response, document: WantedDocument) -> None:
        running: Any = self.crawler.spider
        by = Brought(running.name, document.vendor, document.about)
        fetched = _make_fetched(request, response, document, now_utc())
        source = document.as_source(fetched.fetched_at.date())
        await self.context.writer.add(Arrival(source, fetched, by))


def with_web_charset(response: Response) -> Response:
    """Return the response in UTF-8 if it names a charset that the web does not know."""
    if isinstance(response, TextResponse):
        try:
            if is_web_charset(response.encoding):
                return response
        except (LookupError, ValueError):
            pass
        return response.replace(encoding="utf-8")
    return response


def _is_file(request: Request) -> bool:
    return request.url.startswith("file:")


def _is_same_place(request: Request, newest: Archived) -> bool:
    """Whether the archived validators were given by the address that is asked now."""
    if newest.served_from is not None:
        return request.url == newest.served_from
    return not request.meta.get("redirect_urls")


def _make_fetched(
    request: Request, response: Response, document: WantedDocument, now: datetime
) -> Fetched:
    return Fetched(
        document.address,
        response.body,
        now,
        None if _is_file(request) else response.status,
        clean_headers(response.headers),
        response.url if request.meta.get("redirect_urls") else None,
    )


def clean_headers(headers: Headers) -> dict[str, str]:
    """Return each header as one line of ASCII, several values of a name joined by commas.

    What is not ASCII is percent-encoded, as WARC files hold it, and control characters are left
    out: they could begin a line of their own.
    """
    cleaned = {}
    for name in sorted(headers):
        lowered = name.decode("latin-1").lower()
        if _NAME.fullmatch(lowered):
            cleaned[lowered] = _clean_value(b",".join(headers.getlist(name)))
    return cleaned


@lru_cache(maxsize=1024)
def _clean_value(value: bytes) -> str:
    text = value.decode("utf-8", "replace")
    visible = text if text.isprintable() else "".join(c for c in text if c.isprintable())
    return (visible if visible.isascii() else quote(visible, safe=_PRINTABLE)).strip()
