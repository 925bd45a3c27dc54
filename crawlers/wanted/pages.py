"""What the command line says about the pages it asks for."""

from dataclasses import dataclass
from datetime import date

from kb.domain.drafts import SourceKind


@dataclass(frozen=True)
class PageOptions:
    """What is known of pages beforehand, and which of them to read.

    Without a publisher it is each page's host. `only`, `max_age_days` and `max_pages` hold for
    sites, `follow` for single pages.
    """

    publisher: str | None = None
    kind: SourceKind = SourceKind.VENDOR_PAGE
    vendor: str | None = None
    about: str | None = None
    published_on: date | None = None
    follow: bool = False
    only: str | None = None
    max_age_days: int | None = None
    max_pages: int = 200
