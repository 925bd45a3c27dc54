"""Pages that are named by their address, as documents to ask for."""

from urllib.parse import urlsplit

from crawlers.fetching.addresses import find_url_refusal
from crawlers.wanted.document import WantedDocument
from crawlers.wanted.pages import PageOptions
from kb.domain.errors import UserError


def make_page_document(address: str, options: PageOptions) -> WantedDocument:
    """Return the document that a page is."""
    return WantedDocument(
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
