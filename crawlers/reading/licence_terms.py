"""Read the terms of a crawled licence, as results with their clauses."""

from pydantic import ValidationError

from crawlers.fetching.addresses import find_url_refusal
from kb.domain.errors import UserError
from kb.domain.found import Extraction
from kb.licences import read_licence
from kb.licences.evidence import find_model_name, make_results

_MOST_POLICIES = 3


def find_policy_urls(text: str) -> list[str]:
    """Return the addresses of the policies that a licence pulls in; at most three."""
    try:
        references = read_licence(text).references
    except UserError:
        return []
    named = (reference.url for reference in references if reference.url)
    urls = (url if "://" in url else f"https://{url}" for url in named)
    return [url for url in dict.fromkeys(urls) if find_url_refusal(url) is None][:_MOST_POLICIES]


def read_licence_terms(text: str, about: str | None) -> Extraction:
    """Return what a licence says of its model; one that names no model is left out.

    `about` is the model that the document is known to belong to; else the licence's own name
    tells it. The clauses of a licence for many models, like MIT, need it.
    """
    try:
        licence = read_licence(text)
    except UserError as error:
        return Extraction(excluded=[(text[:160], f"not a licence that can be read: {error}"[:300])])
    subject = None if about else find_model_name(licence)
    if about is None and subject is None:
        return Extraction(excluded=[(licence.name[:160], "a licence that names no model")])
    try:
        return Extraction(results=make_results(licence, text, subject))
    except ValidationError as error:
        return Extraction(failed=[(licence.name[:160], str(error.errors()[0]["msg"])[:300])])
