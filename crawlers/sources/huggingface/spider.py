"""Spider for the Hugging Face Hub: model info, then config, card and licence at its revision."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from crawlers.context import CrawlContext
from crawlers.items import Document
from crawlers.sources.huggingface import extract
from crawlers.spider import SourceSpider
from kb.domain.drafts import SourceKind

_FILES = (
    ("config.json", SourceKind.RELEASE),
    ("README.md", SourceKind.MODEL_CARD),
    ("LICENSE", SourceKind.LICENSE),
)


class HuggingFaceSpider(SourceSpider):
    """Reads the repositories it is given; weights are never downloaded."""

    name = "huggingface"

    def __init__(
        self, context: CrawlContext, hub_url: str, repositories: list[str], **kwargs: Any
    ) -> None:
        super().__init__(context, **kwargs)
        self.hub_url = hub_url.rstrip("/")
        self.repositories = repositories

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the info of each model."""
        for repository in self.repositories:
            url = f"{self.hub_url}/api/models/{quote(repository)}"
            yield self._request(url, repository, "model info", SourceKind.RELEASE, self.parse_info)

    def _request(
        self, url: str, repository: str, title: str, kind: SourceKind, callback: Any
    ) -> Request:
        owner, name = repository.split("/", maxsplit=1)
        document = Document(url, owner, kind, f"{title} of {repository}", owner, name)
        return Request(url, callback, errback=self.note_failure, meta={"document": document})

    def parse_info(self, response: Response) -> Iterator[Any]:
        """Ask for the files of the release at the revision that the info names."""
        release = extract.extract_info(response.text)
        for name, kind in _FILES:
            base = f"{self.hub_url}/{quote(release.repository)}/resolve"
            url = f"{base}/{quote(release.revision or 'main')}/{name}"
            request = self._request(url, release.repository, name, kind, self.parse_file)
            request.meta["optional"] = True
            yield request

    def parse_file(self, response: Response) -> None:
        """Follow nothing: the files are read from the archive."""
