"""robots.txt as RFC 9309 has it: one that cannot be reached forbids everything."""

import asyncio
from collections import defaultdict
from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached

from crawlers.fetching.failure_words import describe_error
from crawlers.fetching.guard import RefusedError

_TOO_MANY = 429


class Robots(RobotsTxtMiddleware):
    """Scrapy's middleware, but an error page is not taken for rules, nor silence for a yes."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._unreachable: dict[str, str] = {}
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def robot_parser(self, request: Request) -> Any:
        """Return the rules of the request's host and port, to one request after another.

        Scrapy's own has them wait for one Deferred, which hands its result to the first of them;
        the others would be told that there are no rules.
        """
        async with self._turns[urlparse_cached(request).netloc]:
            return await super().robot_parser(request)

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500 or response.status == _TOO_MANY:
            self._unreachable[netloc] = f"answered {response.status}"
        rules = response.body if 200 <= response.status < 300 else b""
        await super()._parse_robots(response.replace(body=rules), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        if not isinstance(exc, RefusedError):  # else the page is refused for the same reason
            self._unreachable[netloc] = describe_error(exc)
        super()._robots_error(exc, netloc)

    def process_request_2(self, rp: Any, request: Request) -> None:
        """Raise RefusedError for a request that robots.txt forbids."""
        netloc = urlparse_cached(request).netloc
        if netloc in self._unreachable:
            why = self._unreachable[netloc]
            raise RefusedError(f"refused: robots.txt cannot be read: {why}")
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise RefusedError("refused: robots.txt forbids it") from None
