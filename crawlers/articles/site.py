"""A site whose articles are read: where they are listed, which ones, how old, how many."""

import re
from datetime import date, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from tldextract import TLDExtract

from crawlers.articles.discovery import Link
from kb.domain.drafts import Address, Draft, Line

_extract = TLDExtract(suffix_list_urls=())  # the list that comes with it; nothing is fetched


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"no regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, Field(max_length=300), AfterValidator(_check_pattern)]


class Site(Draft):
    """Where a site lists its pages, and which of them are read."""

    url: Address = Field(description="Sitemap, feed, or a page that names a feed or links.")
    publisher: Line
    vendor: Line | None = Field(None, description="Whose models it is about, if one vendor's.")
    only: Pattern | None = Field(None, description="Pattern in the addresses that are read.")
    max_age_days: int | None = Field(None, ge=1)
    max_pages: int = Field(200, ge=1, le=50_000)

    def wants(self, link: Link, today: date) -> bool:
        """Whether a page is to be read; one without a date counts as new enough."""
        if self.only is not None and re.search(self.only, link.url[:2000]) is None:
            return False
        if self.max_age_days is None or link.day is None:
            return True
        return link.day >= today - timedelta(days=self.max_age_days)


def is_same_site(one: str, other: str) -> bool:
    """Whether two addresses are of one site: the same registered domain, or the same host."""
    hosts = [urlsplit(each).hostname or "" for each in (one, other)]
    domains = [_extract(host).top_domain_under_public_suffix for host in hosts]
    return hosts[0] == hosts[1] or (domains[0] == domains[1] != "")
