"""HTTP responses with bounded headers, since a server may send header lines for ever.

Twisted bounds a line (16 KiB) and not their number. Scrapy hands the parser its own class when a
request is made; ours takes its place in the same way.
"""

from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
    _LenientHTTPClientParser,
)

MAX_HEADER_BYTES = 128 * 1024


class HeadersTooLongError(OSError):
    """A response's headers are longer than any server needs."""


class _BoundedParser(_LenientHTTPClientParser):
    def lineReceived(self, line: bytes) -> None:  # noqa: N802 (Twisted's name)
        self._header_bytes = getattr(self, "_header_bytes", 0) + len(line)
        if self._header_bytes > MAX_HEADER_BYTES:
            raise HeadersTooLongError(f"headers of more than {MAX_HEADER_BYTES:,} bytes")
        super().lineReceived(line)


class _BoundedProtocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        made = super().request(request)
        assert self._parser is not None
        self._parser.__class__ = _BoundedParser
        return made


class BoundedHeadersFactory(_LenientHTTP11ClientFactory):
    """Builds connections with bounded headers."""

    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802 (Twisted's name)
        """Return the protocol of a new connection."""
        return _BoundedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
