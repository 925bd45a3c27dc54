"""Spider for repositories on GitHub: the listing of a folder, then its documents as raw files."""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from crawlers.archiving.context import CrawlContext
from crawlers.sources.github.repository import (
    Repository,
    find_document_kind,
    find_licensed_model,
    parse_repository,
)
from crawlers.spiders.base import SourceSpider
from crawlers.wanted.document import WantedDocument
from crawlers.wanted.wishes import Wanted
from kb.domain.drafts import SourceKind
from kb.text.trees import Kind, Node, parse_json
from kb.text.trees.node import read_integer

_MAX_FILES = 50
_MAX_BYTES = 5_000_000
_MEDIA_TYPE = "application/vnd.github+json"


class GitHubSpider(SourceSpider):
    """Reads the repositories it is given."""

    name = "github"

    def __init__(
        self,
        context: CrawlContext,
        api_url: str,
        raw_url: str,
        repositories: list[Repository],
        **kwargs: Any,
    ) -> None:
        super().__init__(context, **kwargs)
        self.api_url = api_url.rstrip("/")
        self.raw_url = raw_url.rstrip("/")
        self.repositories = repositories

    @classmethod
    def make_arguments(cls, wanted: Wanted) -> dict[str, Any]:
        """Return the repositories that were named; raise UserError for what is not one."""
        return {
            "api_url": wanted.find_host("github"),
            "raw_url": wanted.find_host("github_raw"),
            "repositories": [parse_repository(text) for text in wanted.items],
        }

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the listing of each folder."""
        for repository in self.repositories:
            place = f"{repository.owner}/{repository.name}/contents/{quote(repository.path)}"
            url = f"{self.api_url}/repos/{place}"
            if repository.ref != "HEAD":
                url += f"?ref={quote(repository.ref, safe='')}"
            yield Request(
                url, self.parse_listing, errback=self.note_failure, dont_filter=True,
                headers={"Accept": _MEDIA_TYPE}, cb_kwargs={"repository": repository},
            )  # fmt: skip

    def parse_listing(self, response: Response, repository: Repository) -> Iterator[Request]:
        """Ask for the documents of a folder, or for the one file that was named."""
        listing = parse_json(response.body.decode("utf-8", "replace"))
        if listing.kind is Kind.OBJECT:
            kind = find_document_kind(repository.path.rsplit("/", 1)[-1])
            yield self._request(repository, repository.path, kind or SourceKind.MODEL_CARD)
            return
        chosen = [found for entry in listing.entries for found in _read_entry(repository, entry)]
        for path, kind in chosen[:_MAX_FILES]:
            yield self._request(repository, path, kind)

    def _request(self, repository: Repository, path: str, kind: SourceKind) -> Request:
        owner, name = repository.owner, repository.name
        url = f"{self.raw_url}/{owner}/{name}/{quote(repository.ref)}/{quote(path)}"
        title = f"{path} of {owner}/{name}"
        is_licence = kind is SourceKind.LICENSE
        about = find_licensed_model(repository, path) if is_licence else None
        document = WantedDocument(url, owner, kind, title[:500], owner, about, text_only=True)
        meta = {"document": document}
        return Request(url, self.parse_file, errback=self.note_failure, meta=meta)

    def parse_file(self, response: Response) -> None:
        """Follow nothing: the files are read from the archive."""


def _read_entry(repository: Repository, entry: Node) -> Iterator[tuple[str, SourceKind]]:
    """The path and kind of a file that is a document; the listing itself is not trusted."""
    name, size = entry.words("name"), read_integer(entry.get("size"))
    if entry.words("type") != "file" or name is None or "/" in name or (size or 0) > _MAX_BYTES:
        return
    kind = find_document_kind(name)
    if kind is not None:
        yield f"{repository.path}/{name}" if repository.path else name, kind


SPIDER = GitHubSpider
