"""Spider for sources that are a list of addresses: nothing is followed."""

from collections.abc import AsyncIterator
from typing import Any

from scrapy import Request
from scrapy.http import Response

from crawlers.archiving.context import CrawlContext
from crawlers.archiving.items import Document
from crawlers.spiders.base import SourceSpider


class DocumentsSpider(SourceSpider):
    """Reads the documents it is given; subclasses say whose they are."""

    def __init__(self, context: CrawlContext, documents: list[Document], **kwargs: Any) -> None:
        super().__init__(context, **kwargs)
        self.documents = documents

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each document."""
        for document in self.documents:
            yield Request(
                document.address, self.parse_file, errback=self.note_failure,
                meta={"document": document},
            )  # fmt: skip

    def parse_file(self, response: Response) -> None:
        """Follow nothing: the documents are read from the archive."""
