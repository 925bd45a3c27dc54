"""Spider for releases on this machine: weights header first, then card, terms, licence."""

import re
from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from crawlers.context import CrawlContext
from crawlers.items import Document, Page
from crawlers.sources.local_release import extract
from crawlers.sources.local_release.installed import InstalledRelease
from crawlers.spider import SourceSpider
from kb.domain.drafts import SourceKind
from kb.domain.found import Extraction
from kb.domain.front_matter import extract_license
from kb.domain.names import strip_file_suffixes

_QUANT = re.compile(r"[-_.](i?q\d(?:_[0-9a-z]+)*|f16|f32|bf16)\.gguf$", re.IGNORECASE)

_MAX_CARD = 1_000_000


class LocalReleaseSpider(SourceSpider):
    """Reads the releases it is given; nothing is downloaded."""

    name = "local_release"

    def __init__(
        self, context: CrawlContext, releases: list[InstalledRelease], **kwargs: Any
    ) -> None:
        super().__init__(context, **kwargs)
        self.releases = releases

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each weights header; its documents follow once the model is known."""
        for release in self.releases:
            yield self._request(release, release.weights.name, self.parse_weights, release.weights)

    def _request(self, release: InstalledRelease, name: str, callback: Any, path: Any) -> Request:
        separator = "&file=" if "?" in release.address else "#"
        document = Document(
            f"{release.address}{separator}{quote(name)}",
            release.publisher,
            _kind_of(name),
            f"{name} in {release.publisher}",
        )
        meta = {"document": document, "release": release}
        return Request(
            path.as_uri(), callback, errback=self.note_failure, meta=meta, dont_filter=True
        )

    def parse_weights(self, response: Response) -> Iterator[Any]:
        """Yield the release, then ask for the documents beside it."""
        release: InstalledRelease = response.meta["release"]
        facts, extraction = extract.extract_header(response.body)
        digest = (response.headers.get("x-file-sha256") or b"").decode()
        name = strip_file_suffixes(release.weights.name)
        quant = _QUANT.search(release.weights.name)
        vendor = facts.organization or self._owner(release) or release.publisher
        yield Page(
            response.meta["stored"],
            extract.NAME,
            vendor,
            name,
            extraction,
            extract.make_release(
                facts,
                name,
                vendor,
                release.address,
                quant[1].upper() if quant else facts.precision,
                digest,
            ),
            str(release.weights),
            digest,
        )
        for path in release.documents:
            request = self._request(release, path.name, self.parse_document, path)
            request.meta.update(vendor=vendor, about=name)
            yield request

    def _owner(self, release: InstalledRelease) -> str | None:
        for path in release.documents:
            if path.name.lower().startswith("readme"):
                with path.open("rb") as file:
                    return extract.find_base_owner(file.read(_MAX_CARD).decode("utf-8", "replace"))
        return None

    def parse_document(self, response: Response) -> Iterator[Page]:
        """Yield what a card's front matter says; other documents are kept and not read yet."""
        is_card = response.meta["document"].kind is SourceKind.MODEL_CARD
        text = response.body.decode("utf-8", "replace")
        extraction = extract_license(text) if is_card else Extraction()
        meta = response.meta
        yield Page(meta["stored"], extract.NAME, meta["vendor"], meta["about"], extraction)


def _kind_of(name: str) -> SourceKind:
    lowered = name.lower()
    if lowered.startswith("readme"):
        return SourceKind.MODEL_CARD
    if "licen" in lowered or "terms" in lowered or "policy" in lowered:
        return SourceKind.LICENSE
    return SourceKind.RELEASE
