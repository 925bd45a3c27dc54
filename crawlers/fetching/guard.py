"""Keep a crawl on the open internet: the addresses it would connect to are checked.

A name may resolve to anything, and to something else a moment later, so a check before the
request would prove nothing. Twisted asks the reactor's resolver right before it connects, and
connects to exactly what the resolver hands on: that is where addresses are refused. robots.txt
and redirects take the same way.
"""

from collections.abc import Sequence
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.interfaces import IHostnameResolver, IResolutionReceiver
from zope.interface import implementer, provider  # type: ignore[import-untyped]

from crawlers.fetching.addresses import find_address_refusal, find_url_refusal
from crawlers.fetching.bounded_headers import BoundedHeadersFactory


class RefusedError(IgnoreRequest):
    """The address is not asked, and not tried again; the message says why."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Passes on what a name resolves to if all of it may be connected to, otherwise nothing."""

    def __init__(
        self, original: Any, allow_loopback: bool = False, loopback_ports: Sequence[int] = ()
    ) -> None:
        self.original = original
        self.allow_loopback = allow_loopback
        self.loopback_ports = loopback_ports
        self.refusals: dict[str, str] = {}
        self.reactor: Any = None

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> "GuardedResolver":
        """Create it for Scrapy."""
        settings = crawler.settings
        ports = [int(port) for port in settings.getlist("LOOPBACK_PORTS")]
        made = cls(reactor.nameResolver, settings.getbool("ALLOW_LOOPBACK"), ports)
        made.reactor = reactor
        return made

    def install_on_reactor(self) -> None:
        """Put it in the reactor's place for resolvers."""
        self.reactor.installNameResolver(self)

    def resolveHostName(  # noqa: N802 (Twisted's name)
        self,
        receiver: Any,
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        """Resolve, and pass the addresses on only if every one of them is allowed."""
        guarded = _make_receiver(self, receiver, hostName, portNumber)
        return self.original.resolveHostName(guarded, hostName, portNumber, *args, **kwargs)

    def find_refusal(self, address: str, port: int) -> str | None:
        """Return why `address` is refused, or None."""
        return find_address_refusal(address, port, self.allow_loopback, self.loopback_ports)


def _make_receiver(resolver: GuardedResolver, receiver: Any, name: str, port: int) -> Any:
    found: list[Any] = []

    @provider(IResolutionReceiver)
    class Receiver:
        """Collects addresses until there are no more."""

        @staticmethod
        def resolutionBegan(resolution: Any) -> None:  # noqa: N802
            receiver.resolutionBegan(resolution)

        @staticmethod
        def addressResolved(address: Any) -> None:  # noqa: N802
            found.append(address)

        @staticmethod
        def resolutionComplete() -> None:  # noqa: N802
            whys = filter(None, (resolver.find_refusal(address.host, port) for address in found))
            why = next(whys, None)
            if why is None:
                resolver.refusals.pop(make_host_key(name), None)
                for address in found:
                    receiver.addressResolved(address)
            else:
                resolver.refusals[make_host_key(name)] = why
            receiver.resolutionComplete()

    return Receiver


def make_host_key(host: str) -> str:
    """Return one spelling for a host's name, written in Unicode or not."""
    try:
        return host.lower().encode("idna").decode()
    except UnicodeError:
        return host.lower()


class GuardedHttpHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, telling a refusal from a failure."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedHeadersFactory
        # Scrapy may start all that waits for a host at once; what it opens is kept for the next.
        self._pool.maxPersistentPerHost = crawler.settings.getint("CONCURRENT_REQUESTS")

    async def download_request(self, request: Request) -> Response:
        """Fetch; raise RefusedError for an address that must not be asked."""
        from twisted.internet import reactor

        why = find_url_refusal(request.url)
        if why is not None:
            raise RefusedError(f"refused: {why}")
        try:
            return await super().download_request(request)
        except CannotResolveHostError:
            host = make_host_key(urlparse_cached(request).hostname or "")
            refusals = getattr(reactor.nameResolver, "refusals", {})
            if host in refusals:
                raise RefusedError(f"refused: {refusals[host]}") from None
            raise
