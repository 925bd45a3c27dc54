"""Read an article: the claims in its text, with who makes them and on which day."""

from typing import Any

from crawlers.articles.attribution import find_attribution
from crawlers.articles.page_facts import PageFacts, read_page_facts
from crawlers.reading.decoding import decode
from crawlers.reading.text_reader import read_claims
from kb.domain.drafts import SourceKind
from kb.domain.found import Extraction, FoundClaim, ReadDocument


def read_article(document: ReadDocument) -> Extraction:
    """Return the claims in an article by a vendor or the press.

    On a vendor's page the vendor speaks. In the press the outlet does; where a sentence says that
    it passes on what the vendor says, it reports the vendor.
    """
    text = decode(document)
    facts = read_page_facts(text)
    extraction = read_claims(document, text)
    claims = [_attribute(claim, text, document, facts) for claim in extraction.claims]
    return extraction.model_copy(update={"claims": claims})


def _attribute(
    claim: FoundClaim, text: str, document: ReadDocument, facts: PageFacts
) -> FoundClaim:
    known: dict[str, Any] = {}
    if claim.said_on is None and facts.published_on is not None:
        known["said_on"] = facts.published_on
    vendor = claim.vendor or document.vendor
    is_press = document.kind is SourceKind.PRESS
    if is_press and claim.said_by is None:
        known["said_by"] = facts.publisher
        known["attribution"] = find_attribution(text, claim.start, claim.end, vendor)
    return claim.model_copy(update=known)
