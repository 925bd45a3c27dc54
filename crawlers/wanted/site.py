"""A site whose articles are read: where it lists them, which ones, how old, how many."""

import re
from datetime import date, timedelta
from typing import Annotated

from pydantic import AfterValidator, Field

from kb.domain.drafts import Address, Draft, Line


def _check_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from None
    return pattern


Pattern = Annotated[str, Field(max_length=300), AfterValidator(_check_pattern)]


class Site(Draft):
    """Where a site lists its pages, and which of them are read."""

    url: Address = Field(description="A sitemap, a feed, or a page that names a feed or links.")
    publisher: Line
    vendor: Line | None = Field(None, description="Whose models it is about, if one vendor's.")
    only: Pattern | None = Field(None, description="Read only addresses that match this pattern.")
    max_age_days: int | None = Field(None, ge=1)
    max_pages: int = Field(200, ge=1, le=50_000)

    def wants(self, url: str, day: date | None, today: date) -> bool:
        """Whether to read a page of this day; one without a date counts as new enough."""
        if self.only is not None and re.search(self.only, url[:2000]) is None:
            return False
        if self.max_age_days is None or day is None:
            return True
        return day >= today - timedelta(days=self.max_age_days)
