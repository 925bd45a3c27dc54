"""Ask for the beginning of a large file, and never take more, whatever the server sends.

A Range request (RFC 9110, section 14). A server that ignores ranges sends the whole file;
the connection is then closed once enough has arrived.
"""

from typing import Any

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload

_STOP_AFTER, _RECEIVED = "stop_after", "received"


def make_beginning_request(url: str, size: int, callback: Any, **arguments: Any) -> Request:
    """Return a request for the first `size` bytes of `url`."""
    meta = {**arguments.pop("meta", {}), _STOP_AFTER: size, "download_maxsize": 0}
    headers = {"Range": f"bytes=0-{size - 1}", "Accept-Encoding": "identity"}
    return Request(url, callback, meta=meta, headers=headers, dont_filter=True, **arguments)


def cut_off_at_size(crawler: Crawler) -> None:
    """Cut off this crawler's requests for beginnings once enough has arrived."""
    crawler.signals.connect(_on_headers, signal=signals.headers_received, weak=False)
    crawler.signals.connect(_on_bytes, signal=signals.bytes_received, weak=False)


def _on_headers(request: Request) -> None:
    request.meta[_RECEIVED] = 0  # a redirect hands its meta on


def _on_bytes(data: bytes, request: Request) -> None:
    limit = request.meta.get(_STOP_AFTER)
    if limit is None:
        return
    request.meta[_RECEIVED] = request.meta.get(_RECEIVED, 0) + len(data)
    if request.meta[_RECEIVED] >= limit:
        raise StopDownload(fail=False)
