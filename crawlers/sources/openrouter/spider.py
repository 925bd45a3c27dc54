"""Spider for OpenRouter: the list of models, then the providers of those whose weights are open.

Claims about those can be tested; `slugs` asks for others by name.
"""

from collections.abc import AsyncIterator, Iterator
from typing import Any
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from crawlers.archiving.context import CrawlContext
from crawlers.sources.openrouter.extract import ListedModel, list_models
from crawlers.spiders.base import SourceSpider
from crawlers.wanted.document import WantedDocument
from crawlers.wanted.wishes import Wanted
from kb.domain.drafts import SourceKind
from kb.text.trees import parse_json

_PUBLISHER = "OpenRouter"
_MAX_MODELS = 1000


class OpenRouterSpider(SourceSpider):
    """Reads the list, then the providers of the models in `slugs`, or of all open ones."""

    name = "openrouter"

    def __init__(
        self, context: CrawlContext, base_url: str, slugs: list[str], **kwargs: Any
    ) -> None:
        super().__init__(context, **kwargs)
        self.models_url = f"{base_url.rstrip('/')}/api/v1/models"
        self.slugs = slugs

    @classmethod
    def make_arguments(cls, wanted: Wanted) -> dict[str, Any]:
        """Return the models that were named; none stands for all whose weights are open."""
        slugs = [] if wanted.whole else list(wanted.items)
        return {"base_url": wanted.find_host("openrouter"), "slugs": slugs}

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the list."""
        yield self._request(self.models_url, "models", self.parse_models)

    def _request(
        self, url: str, title: str, callback: Any, model: ListedModel | None = None
    ) -> Request:
        vendor, about = (model.vendor, model.name) if model else (None, None)
        kind = SourceKind.PROVIDER_LISTING
        document = WantedDocument(url, _PUBLISHER, kind, title[:500], vendor, about)
        return Request(url, callback, errback=self.note_failure, meta={"document": document})

    def parse_models(self, response: Response) -> Iterator[Request]:
        """Ask for the providers of each model that is wanted."""
        listed = {
            model.slug: model
            for _, model in list_models(parse_json(response.body.decode("utf-8", "replace")))
        }
        for slug in self.slugs:
            if slug not in listed:
                self.context.report.failed[f"{self.models_url}: {slug}"] = "no such model is listed"
        wanted = self.slugs or [slug for slug, model in listed.items() if model.has_weights]
        for slug in [slug for slug in wanted if slug in listed and _is_plain(slug)][:_MAX_MODELS]:
            url = f"{self.models_url}/{quote(slug)}/endpoints"
            yield self._request(url, f"providers of {slug}", self.parse_file, listed[slug])

    def parse_file(self, response: Response) -> None:
        """Follow nothing: the document is read from the archive."""


def _is_plain(slug: str) -> bool:
    return slug.count("/") == 1 and ".." not in slug


SPIDER = OpenRouterSpider
