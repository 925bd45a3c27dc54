"""How fast a host is asked: what it asks for comes first (Crawl-delay, Retry-After)."""

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.settings import BaseSettings
from scrapy.utils.asyncio import call_later

from crawlers.fetching.guard import RefusedError

_OVERLOADED = (429, 503)
_MAX_CRAWL_DELAY_S = 60.0


class CrawlDelay:
    """Keeps the delay that robots.txt asks for, whatever AutoThrottle finds possible."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.delays: dict[str, float] = {}
        crawler.signals.connect(self.note_robots, signals.robots_parsed)
        crawler.signals.connect(self.keep_delay, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CrawlDelay":
        """Create it for Scrapy; after AutoThrottle, so that it has the last word."""
        return cls(crawler)

    def note_robots(self, robotparser: Any, request: Request) -> None:
        """Remember a host's Crawl-delay, in seconds."""
        delay = robotparser.rp.crawl_delay(self.crawler.settings["USER_AGENT"])
        if delay:
            engine: Any = self.crawler.engine
            key = engine.downloader.get_slot_key(request)
            self.delays[key] = min(float(delay), _MAX_CRAWL_DELAY_S)
            self._raise_delay(key)

    def keep_delay(self, response: Response, request: Request) -> None:
        """Put the delay back where AutoThrottle has lowered it."""
        self._raise_delay(request.meta.get("download_slot", ""))

    def _raise_delay(self, key: str) -> None:
        engine: Any = self.crawler.engine
        slot = engine.downloader.slots.get(key)
        if slot is not None and key in self.delays:
            slot.delay = max(slot.delay, self.delays[key])


class PoliteRetry(RetryMiddleware):
    """Scrapy's retries ignore Retry-After; here the whole host rests for that long.

    A host that asks for more patience than we have is not asked again in this run.
    """

    def __init__(self, settings: BaseSettings) -> None:
        super().__init__(settings)
        self._longest_s = settings.getfloat("RETRY_AFTER_MAX_S")
        self._resting_until: dict[str, float] = {}
        self._closed: dict[str, str] = {}

    def process_request(self, request: Request) -> None:
        """Refuse what would go to a host that wants to be left alone for long."""
        engine: Any = self.crawler.engine
        why = self._closed.get(engine.downloader.get_slot_key(request))
        if why is not None:
            raise RefusedError(why)

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """Let the host rest if it says so, then try again as Scrapy does."""
        if response.status in _OVERLOADED and not request.meta.get("dont_retry"):
            key = request.meta.get("download_slot", "")
            wait_s = self._find_wait(request, response)
            if wait_s > self._longest_s:
                self._closed[key] = f"refused: the host asks to wait {wait_s:.0f} s; try later"
                raise RefusedError(self._closed[key])
            self._rest(key, wait_s)
        return super().process_response(request, response)

    def _find_wait(self, request: Request, response: Response) -> float:
        stated = parse_retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if stated is not None:
            return stated
        doubled: float = 2.0 ** request.meta.get("retry_times", 0)
        return min(doubled, self._longest_s)

    def _rest(self, key: str, wait_s: float) -> None:
        """Send nothing from the host's queue until the wait is over."""
        engine: Any = self.crawler.engine
        downloader = engine.downloader
        slot = downloader.slots.get(key)
        now = time.monotonic()
        until = max(now + wait_s, self._resting_until.get(key, 0.0))
        self._resting_until[key] = until
        if slot is not None:
            if slot.latercall:
                slot.latercall.cancel()
            slot.latercall = call_later(until - now, downloader._latercall, slot)


def parse_retry_after(value: bytes | None, now: datetime) -> float | None:
    """Return the seconds to wait that a Retry-After header names (RFC 9110, 10.2.3)."""
    text = (value or b"").decode("latin-1").strip()
    if text.isascii() and text.isdigit():
        return float(text[:10])
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())
