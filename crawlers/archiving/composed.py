"""Downloader middleware: a document that a spider put together is archived like those it fetched.

Its bytes came from the network in parts (like the headers of many files); `meta["composed"]`
holds them joined. So it is archived before it is read, like everything else.
"""

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawlers.wanted.document import WantedDocument

_KEY = "composed"


class ComposedMiddleware:
    """Answers requests that carry their own body; the network is not asked."""

    def process_request(self, request: Request) -> Response | None:
        """Return the response for a composed document, None for anything else."""
        body: str | None = request.meta.get(_KEY)
        if body is None:
            return None
        headers = {"Content-Type": "application/json; charset=utf-8"}
        return TextResponse(request.url, headers=headers, body=body.encode(), encoding="utf-8")


def make_composed_request(
    document: WantedDocument, body: str, url: str, **arguments: object
) -> Request:
    """Return a request that brings `body` as the document."""
    meta = {"document": document, _KEY: body}
    return Request(url, meta=meta, dont_filter=True, **arguments)  # type: ignore[arg-type]
