"""From what the command line says of a site to the site whose articles are read."""

from urllib.parse import urlsplit

from pydantic import ValidationError

from crawlers.fetching.addresses import find_url_refusal
from crawlers.wanted.site import Site
from crawlers.wanted.wishes import Wanted
from kb.domain.errors import UserError


def list_wanted_sites(wanted: Wanted) -> list[Site]:
    """Return the declared sites, if the source is read whole, then those that were named.

    Raises UserError for an address or a pattern that cannot be used.
    """
    declared = wanted.declaration.sites if wanted.whole else []
    return [*declared, *(_make_site(wanted, url) for url in wanted.items)]


def _make_site(wanted: Wanted, url: str) -> Site:
    if why := find_url_refusal(url):
        raise wanted.refuse(url, why)
    pages = wanted.pages
    try:
        return Site(
            url=url,
            publisher=pages.publisher or urlsplit(url).hostname or url,
            vendor=pages.vendor,
            only=pages.only,
            max_age_days=pages.max_age_days,
            max_pages=pages.max_pages,
        )
    except ValidationError as error:
        raise UserError(_describe(error)) from None


def _describe(error: ValidationError) -> str:
    """Name the option that holds the value that was refused."""
    first = error.errors()[0]
    field = str(first["loc"][0])
    flag = "--site" if field == "url" else f"--{field.replace('_', '-')}"
    return f"{flag}: {first['msg'].removeprefix('Value error, ')}"
