"""What all spiders share: the run's context, and a note of every failure."""

from typing import Any

from scrapy import Spider
from scrapy.spidermiddlewares.httperror import HttpError

from crawlers.context import CrawlContext


class SourceSpider(Spider):
    """A spider that writes to a run's context."""

    def __init__(self, context: CrawlContext, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.context = context

    def note_failure(self, failure: Any) -> None:
        """Note why a request brought nothing; `absent` lists statuses that are no failure."""
        request = failure.request
        document = request.meta.get("document")
        address = document.address if document else request.url
        if failure.check(HttpError):
            status = failure.value.response.status
            if status in request.meta.get("absent", ()):
                return
            reason = f"answered {status}"
        else:
            reason = f"{failure.type.__name__}: {failure.getErrorMessage()}"
        self.context.report.failed[address] = reason
