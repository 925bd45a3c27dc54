"""What all spiders share: the run's context, and a note of every refusal and failure."""

from typing import Any

from scrapy import Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError

from crawlers.archiving.context import CrawlContext
from crawlers.fetching.caps import CapReachedError
from crawlers.fetching.failure_words import describe_error
from crawlers.wanted.wishes import Wanted


class SourceSpider(Spider):
    """A spider that writes to a run's context."""

    def __init__(self, context: CrawlContext, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.context = context

    @classmethod
    def make_arguments(cls, wanted: Wanted) -> dict[str, Any]:
        """Return what the spider is made with, beside the context.

        Raises UserError for an item that cannot be asked for.
        """
        raise NotImplementedError

    def note_failure(self, failure: Any) -> None:
        """Note why a request brought nothing; statuses in `absent` do not count as failures."""
        request = failure.request
        document = request.meta.get("document")
        address = document.address if document else request.url
        report = self.context.report
        if failure.check(CapReachedError):
            report.refused[failure.value.host] = str(failure.value)
        elif failure.check(HttpError):
            response = failure.value.response
            if response.status not in request.meta.get("absent", ()):
                report.failed[address] = _describe_status(response)
        elif failure.check(IgnoreRequest):
            report.refused[address] = _with_place(str(failure.value), request, address)
        else:
            report.failed[address] = _with_place(describe_error(failure.value), request, address)


def _describe_status(response: Any) -> str:
    location = response.headers.get("Location", b"").decode("latin-1")
    if 300 <= response.status < 400 and location:
        return f"answered {response.status}: refused to follow it to {location[:200]}"
    return f"answered {response.status}"


def _with_place(words: str, request: Any, address: str) -> str:
    """Name the address that a redirect led to, since that is the one refused."""
    if request.meta.get("redirect_urls") and request.url != address:
        return f"{words} (redirected to {request.url[:200]})"
    return words
