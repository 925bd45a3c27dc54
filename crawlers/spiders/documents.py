"""Spider for sources that are a list of addresses: nothing is followed."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

from crawlers.archiving.context import CrawlContext
from crawlers.fetching.addresses import find_url_refusal
from crawlers.spiders.base import SourceSpider
from crawlers.wanted.declaration import Declaration
from crawlers.wanted.document import WantedDocument
from crawlers.wanted.wishes import Wanted


class DocumentsSpider(SourceSpider):
    """Reads the addresses that a source declares, and those given on the command line."""

    def __init__(
        self, context: CrawlContext, documents: list[WantedDocument], **kwargs: Any
    ) -> None:
        super().__init__(context, **kwargs)
        self.documents = documents

    @classmethod
    def make_arguments(cls, wanted: Wanted) -> dict[str, Any]:
        """Return a document for each address; raise UserError for one that must not be asked."""
        for url in wanted.items:
            if why := find_url_refusal(url):
                raise wanted.refuse(url, why)
        addresses = [*wanted.addresses, *wanted.items]
        return {"documents": [make_document(wanted.declaration, url) for url in addresses]}

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each document."""
        for document in self.documents:
            yield Request(
                document.address, self.parse_file, errback=self.note_failure,
                meta={"document": document},
            )  # fmt: skip

    def parse_file(self, response: Response) -> None:
        """Follow nothing: the documents are read from the archive."""


def make_document(declaration: Declaration, address: str) -> WantedDocument:
    """Return an address of a source as a document to ask for; the end of its path is its title."""
    title = "/".join(urlsplit(address).path.strip("/").split("/")[-3:])
    return WantedDocument(address, declaration.publisher, declaration.kind, title[:500] or None)
