"""Spider for the Hugging Face Hub: model info, then its documents and the headers of its weights.

The weights themselves are never downloaded. Files are asked for at the revision that the info
names, so that everything read of a release belongs together.
"""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawlers.archiving.composed import make_composed_request
from crawlers.archiving.context import CrawlContext
from crawlers.fetching.beginnings import cut_off_at_size, make_beginning_request
from crawlers.sources.huggingface.info import (
    MAX_SHARDS,
    is_gated,
    list_files,
    list_weights,
    make_release,
)
from crawlers.sources.huggingface.weights import join_headers
from crawlers.spiders.base import SourceSpider
from crawlers.wanted.document import WantedDocument
from crawlers.wanted.wishes import Wanted
from kb.domain.drafts import SourceKind
from kb.domain.found import FoundRelease
from kb.models.weight_headers import HeaderError, HeaderTruncatedError, parse_safetensors_header
from kb.text.trees import Node, parse_json

PUBLISHER = "Hugging Face"
_FIRST_BYTES = 128 * 1024
_MAX_HEADER = 20_000_000
_MAX_FILES = 60
_NAMED = re.compile(r"[\w.-]{1,100}/[\w.-]{1,200}(?:@[\w./-]{1,200})?")  # owner/name@revision
# Licences are called LICENSE.txt, LICENCE, NOTICE, USE_POLICY.md, ACCEPTABLE_USE_POLICY.md.
_KINDS = (
    (r"README\.md", SourceKind.MODEL_CARD),
    (r"\.eval_results/[^/]+\.ya?ml", SourceKind.MODEL_CARD),
    (r"(LICEN[CS]E|NOTICE|USE[-_]POLICY|ACCEPTABLE[-_]USE)[^/]*", SourceKind.LICENSE),
    (r"(config|generation_config|tokenizer_config)\.json|chat_template\.jinja", SourceKind.RELEASE),
)
_WHEN_UNLISTED = ("config.json", "README.md", "LICENSE")
_ABSENT = (404, 410)
_CLOSED = (401, 403, 404, 410)


@dataclass
class _Release:
    """A release whose headers are being gathered."""

    info: Node
    release: FoundRelease
    wanted: list[str]
    headers: dict[str, bytes] = field(default_factory=dict)


class HuggingFaceSpider(SourceSpider):
    """Reads the repositories it is given, `owner/name` or `owner/name@revision`."""

    name = "huggingface"

    def __init__(
        self, context: CrawlContext, hub_url: str, repositories: list[str], **kwargs: Any
    ) -> None:
        super().__init__(context, **kwargs)
        self.hub_url = hub_url.rstrip("/")
        self.repositories = repositories

    @classmethod
    def make_arguments(cls, wanted: Wanted) -> dict[str, Any]:
        """Return the repositories that were named; raise UserError for what is not one."""
        for name in wanted.items:
            if _NAMED.fullmatch(name) is None or ".." in name:
                raise wanted.refuse(name, "this is not a repository")
        return {"hub_url": wanted.find_host("hub"), "repositories": list(wanted.items)}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> "HuggingFaceSpider":
        """Create it for Scrapy, with downloads that can be cut off."""
        cut_off_at_size(crawler)
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the info of each model."""
        for wanted in self.repositories:
            repository, _, revision = wanted.partition("@")
            address = f"{self.hub_url}/api/models/{quote(repository)}"
            if revision:
                address += f"/revision/{quote(revision, safe='')}"
            document = self._describe(address, repository, "model info", SourceKind.RELEASE)
            yield self._request(document, self.parse_info, f"{address}?blobs=true")

    def _describe(
        self, address: str, repository: str, title: str, kind: SourceKind
    ) -> WantedDocument:
        owner, name = repository.split("/", maxsplit=1)
        publisher = PUBLISHER if "/api/models/" in address else owner
        return WantedDocument(address, publisher, kind, f"{title} of {repository}", owner, name)

    def _request(self, document: WantedDocument, callback: Any, url: str | None = None) -> Request:
        meta = {"document": document}
        return Request(url or document.address, callback, errback=self.note_failure, meta=meta)

    def parse_info(self, response: Response) -> Iterator[Any]:
        """Ask for the documents of the release, and the headers of its weights."""
        info = parse_json(response.body.decode("utf-8", "replace"))
        release = make_release(info)
        gated = is_gated(info)
        files = list_files(info) or list(_WHEN_UNLISTED)
        for name, kind in _choose(files):
            url = self._find_url(release, name)
            request = self._request(
                self._describe(url, release.repository, name, kind), self.parse_file
            )
            request.meta["absent"] = _CLOSED if gated else _ABSENT
            yield request
        weights = [] if gated else list_weights(info)
        if len(weights) > MAX_SHARDS:
            reason = f"{len(weights)} files of weights; at most {MAX_SHARDS} are read"
            self.context.report.failed[response.url] = reason
        else:
            gathered = _Release(info, release, weights)
            yield from (self._ask_header(gathered, name, _FIRST_BYTES) for name in weights)

    def _find_url(self, release: FoundRelease, name: str) -> str:
        revision = quote(release.revision or "main", safe="")
        return f"{self.hub_url}/{quote(release.repository)}/resolve/{revision}/{quote(name)}"

    def _ask_header(self, gathered: _Release, name: str, size: int) -> Request:
        return make_beginning_request(
            self._find_url(gathered.release, name),
            size,
            self.parse_header,
            errback=self.note_failure,
            cb_kwargs={"gathered": gathered, "name": name, "size": size},
        )

    def parse_header(
        self, response: Response, gathered: _Release, name: str, size: int
    ) -> Iterator[Any]:
        """Keep a header; ask again for one that is longer; the last one completes the release."""
        try:
            gathered.headers[name] = _cut_header(response.body)
        except HeaderTruncatedError:
            longer = 8 + int.from_bytes(response.body[:8], "little")
            if size >= longer or longer > _MAX_HEADER or len(response.body) < 8:
                reason = f"the header did not arrive whole ({len(response.body):,} bytes)"
                self.context.report.failed[response.url] = reason
            else:
                yield self._ask_header(gathered, name, longer)
            return
        except HeaderError as error:
            self.context.report.failed[response.url] = str(error)
            return
        if len(gathered.headers) == len(gathered.wanted):
            yield self._complete(gathered)

    def _complete(self, gathered: _Release) -> Request:
        repository = gathered.release.repository
        url = f"{self.hub_url}/api/models/{quote(repository)}"
        document = self._describe(
            f"{url}#safetensors-headers", repository, "headers of the weights", SourceKind.RELEASE
        )
        body = join_headers(gathered.info, gathered.release, gathered.headers)
        return make_composed_request(
            document, body, url, callback=self.parse_file, errback=self.note_failure
        )

    def parse_file(self, response: Response) -> None:
        """Follow nothing: the files are read from the archive."""


def _choose(files: list[str]) -> list[tuple[str, SourceKind]]:
    """The documents among a repository's files, with their kinds."""
    chosen = [
        (name, kind)
        for name in files
        for pattern, kind in _KINDS
        if re.fullmatch(pattern, name, re.IGNORECASE)
    ]
    return chosen[:_MAX_FILES]


def _cut_header(body: bytes) -> bytes:
    return body[: parse_safetensors_header(body).size]


SPIDER = HuggingFaceSpider
