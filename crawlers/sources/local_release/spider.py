"""Spider for releases on this machine: weights header first, then card, terms, licence."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response
from w3lib.url import file_uri_to_path

from crawlers.archiving.context import CrawlContext
from crawlers.sources.local_release.extract import find_base_owner
from crawlers.sources.local_release.installed import (
    InstalledRelease,
    find_at_path,
    find_installed,
)
from crawlers.spiders.base import SourceSpider
from crawlers.wanted.document import WantedDocument
from crawlers.wanted.wishes import Wanted
from kb.domain.drafts import SourceKind
from kb.domain.names import strip_file_suffixes
from kb.models.weight_headers import HeaderError, read_weight_facts
from kb.models.weight_headers.facts import read_header_bytes

_MAX_CARD = 1_000_000


class LocalReleaseSpider(SourceSpider):
    """Reads the releases it is given; nothing is downloaded."""

    name = "local_release"

    def __init__(
        self, context: CrawlContext, releases: list[InstalledRelease], **kwargs: Any
    ) -> None:
        super().__init__(context, **kwargs)
        self.releases = releases

    @classmethod
    def make_arguments(cls, wanted: Wanted) -> dict[str, Any]:
        """Return the installed releases, if the source is read whole, then those at a path.

        Raises UserError for a path that does not hold exactly one.
        """
        installed = find_installed(wanted.settings.home.resolve()) if wanted.whole else []
        return {"releases": [*installed, *(find_at_path(Path(p).resolve()) for p in wanted.items)]}

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each weights header and the documents beside it."""
        for release in self.releases:
            try:
                vendor = self._find_vendor(release)
            except (OSError, HeaderError) as error:
                self.context.report.failed[release.address] = f"{release.weights.name}: {error}"
                continue
            yield self._request(release, release.weights, vendor)
            for path in release.documents:
                yield self._request(release, path, vendor)

    def _find_vendor(self, release: InstalledRelease) -> str:
        """Find the vendor: by the header, else by the card beside it, else whoever packed it."""
        facts = read_weight_facts(read_header_bytes(release.weights))
        return facts.organization or self._owner(release) or release.publisher

    def _owner(self, release: InstalledRelease) -> str | None:
        for path in release.documents:
            if path.name.lower().startswith("readme"):
                with path.open("rb") as file:
                    return find_base_owner(file.read(_MAX_CARD).decode("utf-8", "replace"))
        return None

    def _request(self, release: InstalledRelease, path: Path, vendor: str) -> Request:
        separator = "&file=" if "?" in release.address else "#"
        document = WantedDocument(
            f"{release.address}{separator}{quote(path.name)}",
            release.publisher,
            _kind_of(path.name),
            f"{path.name} in {release.publisher}",
            vendor,
            strip_file_suffixes(release.weights.name),
        )
        request = Request(path.as_uri(), self.parse, errback=self.note_failure, dont_filter=True)
        request.meta.update(document=document, local_file=request.url)
        return request

    def parse(self, response: Response) -> None:
        """Note the digest of weights; the documents are read from the archive."""
        if digest := response.headers.get("x-file-sha256"):
            path = file_uri_to_path(response.request.url)  # type: ignore[union-attr]
            self.context.digests[path] = digest.decode()


def _kind_of(name: str) -> SourceKind:
    lowered = name.lower()
    if lowered.startswith("readme"):
        return SourceKind.MODEL_CARD
    if "licen" in lowered or "terms" in lowered or "policy" in lowered:
        return SourceKind.LICENSE
    return SourceKind.RELEASE


SPIDER = LocalReleaseSpider
