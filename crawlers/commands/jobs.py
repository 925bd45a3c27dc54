"""From what is wanted on the command line to spiders and their arguments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from scrapy import Spider

from crawlers.articles.site import Site
from crawlers.fetching.addresses import find_url_refusal
from crawlers.sources.declaration import load_declaration
from crawlers.sources.github.repository import parse_repository
from crawlers.sources.github.spider import GitHubSpider
from crawlers.sources.huggingface.spider import HuggingFaceSpider
from crawlers.sources.lmarena.spider import (
    LMArenaSpider,
    make_board_documents,
    make_table_document,
)
from crawlers.sources.models_dev.spider import ModelsDevSpider, make_catalogue_document
from crawlers.sources.openrouter.spider import OpenRouterSpider
from crawlers.sources.press.spider import PressSpider
from crawlers.sources.vendor_pages.spider import VendorPagesSpider
from crawlers.sources.web_page.pages import PageOptions
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError
from kb.settings import Settings

Job = tuple[type[Spider], dict[str, Any]]
SOURCES = ("lmarena", "models_dev", "openrouter", "press", "vendor_pages")
_HUB = re.compile(r"[\w.-]{1,100}/[\w.-]{1,200}(?:@[\w./-]{1,200})?")


@dataclass(frozen=True)
class Wishes:
    """Which sources are wanted beside files and single pages; empty wishes make no jobs."""

    hub: tuple[str, ...] = ()
    github: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    openrouter: tuple[str, ...] = ()
    leaderboards: tuple[str, ...] = ()
    only: str | None = None
    max_age_days: int | None = None
    max_pages: int = 200

    @property
    def is_elsewhere(self) -> bool:
        """Whether anything but the Hub is wanted."""
        wanted = (self.github, self.sites, self.sources, self.openrouter, self.leaderboards)
        return any(wanted)


def make_jobs(settings: Settings, wishes: Wishes, options: PageOptions) -> list[Job]:
    """Return a job for each source that is wanted.

    Raises UserError for a name or address that cannot be asked.
    """
    unknown = [name for name in wishes.sources if name not in SOURCES]
    if unknown:
        raise UserError(f"--source {unknown[0]}: no such source; there are {', '.join(SOURCES)}")
    return [
        *_make_repository_jobs(settings, wishes),
        *_make_article_jobs(wishes, options),
        *_make_listing_jobs(settings, wishes),
    ]


def _make_repository_jobs(settings: Settings, wishes: Wishes) -> Iterator[Job]:
    if wishes.hub:
        for name in wishes.hub:
            if _HUB.fullmatch(name) is None or ".." in name:
                raise UserError(f"--hub {name[:200]}: write it like owner/name or owner/name@v1")
        arguments = {"hub_url": settings.hub_url, "repositories": list(wishes.hub)}
        yield HuggingFaceSpider, arguments
    if wishes.github:
        repositories = [parse_repository(text) for text in wishes.github]
        yield (
            GitHubSpider,
            {
                "api_url": settings.github_url,
                "raw_url": settings.github_raw_url,
                "repositories": repositories,
            },
        )


def _make_article_jobs(wishes: Wishes, options: PageOptions) -> Iterator[Job]:
    named = [_make_site(url, wishes, options) for url in wishes.sites]
    is_press = options.kind is SourceKind.PRESS
    for spider, is_meant in ((VendorPagesSpider, not is_press), (PressSpider, is_press)):
        sites = named if is_meant else []
        if spider.name in wishes.sources:
            sites = [*load_declaration(spider.name).sites, *sites]
        if sites:
            yield spider, {"sites": sites}


def _make_site(url: str, wishes: Wishes, options: PageOptions) -> Site:
    why = find_url_refusal(url)
    if why is not None:
        raise UserError(f"--site {url[:200]}: {why}; give an address like https://host/sitemap.xml")
    if options.kind not in (SourceKind.VENDOR_PAGE, SourceKind.PRESS):
        raise UserError("--site reads pages of vendors or press; --kind is vendor_page or press")
    try:
        return Site(
            url=url,
            publisher=options.publisher or urlsplit(url).hostname or url,
            vendor=options.vendor,
            only=wishes.only,
            max_age_days=wishes.max_age_days,
            max_pages=wishes.max_pages,
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise UserError(f"--site: {first['loc'][0]}: {first['msg']}") from None


def _make_listing_jobs(settings: Settings, wishes: Wishes) -> Iterator[Job]:
    if wishes.openrouter or "openrouter" in wishes.sources:
        slugs = [] if "openrouter" in wishes.sources else list(wishes.openrouter)
        yield OpenRouterSpider, {"base_url": settings.openrouter_url, "slugs": slugs}
    if "models_dev" in wishes.sources:
        yield ModelsDevSpider, {"documents": [make_catalogue_document(settings.models_dev_url)]}
    tables = [make_table_document(url) for url in wishes.leaderboards]
    for url in wishes.leaderboards:
        if why := find_url_refusal(url):
            raise UserError(f"--leaderboard {url[:200]}: {why}; give the address of a table")
    if "lmarena" in wishes.sources:
        tables = [*make_board_documents(settings.hub_url), *tables]
    if tables:
        yield LMArenaSpider, {"documents": tables}
