"""What is said on the command line of pages: who publishes them, of which kind they are."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawlers.archiving.items import Document
from crawlers.fetching.addresses import find_url_refusal
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError


@dataclass(frozen=True)
class PageOptions:
    """What is known of pages beforehand; without a publisher it is each page's host."""

    publisher: str | None = None
    kind: SourceKind = SourceKind.VENDOR_PAGE
    vendor: str | None = None
    about: str | None = None
    published_on: date | None = None
    follow: bool = False


def make_page_document(address: str, options: PageOptions) -> Document:
    """Return the document that a page is."""
    return Document(
        address,
        options.publisher or urlsplit(address).hostname or address,
        options.kind,
        None,
        options.vendor,
        options.about,
        options.published_on,
        text_only=True,
    )


def check_page_urls(urls: list[str]) -> list[str]:
    """Return the addresses; raise UserError for one that can never be asked."""
    for url in urls:
        why = find_url_refusal(url)
        if why is not None:
            raise UserError(f"--url {url[:200]}: {why}; give an address like https://host/page")
    return urls
