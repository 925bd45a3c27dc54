"""Rules on quotes: they hold the figure, and stand in the source where it could be fetched."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from math import isclose
from urllib.parse import urlsplit

from kb.domain.claim_types import ValueKind, find_claim_type
from kb.domain.drafts import ClaimDraft, SourceDraft
from kb.domain.quantities import Quantity, find_numbers, write_digits
from kb.reading.page import ReadPage, UnreadPage
from kb.reading.quotes import contains_quote
from kb.records.files import Problem, Severity
from kb.records.lint.case import LintCase, as_words

_SCALE_WORD = r"(?:thousand|million|billion|trillion)\b"
_BEFORE_SCALE = re.compile(rf"(?<=\d)[\s\u2010\u2011+-]+(?={_SCALE_WORD})", re.IGNORECASE)
_OTHER_NUMBERS = re.compile(
    r"\b(?:half|twice|double|triple|thirds?|quarters?|eleven|twelve|dozen|\w+teen|"
    r"(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred)s?\b",
    re.IGNORECASE,
)
_BARE_SCALE = re.compile(  # a billion, billion-user
    rf"(?<![\d.][ -])(?<![\d.])\b(?={_SCALE_WORD})", re.IGNORECASE
)
_SHARES = ("percent", "proportion")
_FRESH = timedelta(days=7)  # a page read so lately is hardly another one now


def find_quotes_without_figure(case: LintCase) -> Iterator[Problem]:
    """A figure that none of the claim's quotes holds, in whatever spelling."""
    for i, claim in enumerate(case.draft.claims):
        if lacks_figure(claim):
            low = as_words(claim.quantity.low)
            words = f"no quote contains the figure {low}; quote the words that do"
            yield case.warning(("claims", i, "sightings", 0, "quote"), words)


def lacks_figure(claim: ClaimDraft) -> bool:
    """Whether the claim is a figure, is quoted, and no quote holds it."""
    quotes = [sighting.quote for sighting in claim.sightings if sighting.quote]
    if not quotes or find_claim_type(claim.type).kind is not ValueKind.QUANTITY:
        return False
    return not any(_holds(quote, claim.quantity) for quote in quotes)


def _holds(quote: str, figure: Quantity) -> bool:
    """Whether a number of the quote is one of the figure's readings, or the same as a share.

    A quote with a number that is not read here, like "half" or "a dozen", is not judged.
    """
    if _OTHER_NUMBERS.search(quote):
        return True
    plain = _BEFORE_SCALE.sub(" ", write_digits(quote))
    numbers = [abs(number) for number in find_numbers(_BARE_SCALE.sub("1 ", plain))]
    factors = [1.0]
    if figure.unit in _SHARES:
        factors = [1.0, 100.0, 0.01]
    elif figure.unit == "tokens":  # K and M may mean 1,024 and its square, there or here
        factors = [1.0, 1.024, 1.024**2, 1 / 1.024, 1 / 1.024**2]
    return any(
        isclose(number * factor, reading, rel_tol=0.005)
        for number in numbers
        for factor in factors
        for reading in (figure.low, figure.high)
    )


def list_quoted_urls(case: LintCase) -> list[str]:
    """Return the addresses of the sources that are quoted, in order."""
    keys = {
        sighting.source
        for claim in case.draft.claims
        for sighting in claim.sightings
        if sighting.quote
    }
    urls = [str(source.url) for key, source in case.draft.sources.items() if key in keys]
    return [url for url in urls if urlsplit(url).scheme in ("http", "https")]


def find_absent_quotes(
    case: LintCase, pages: Mapping[str, ReadPage | UnreadPage]
) -> Iterator[Problem]:
    """A quote that does not stand in its page; a page that could not be fetched is a note."""
    for key, source in case.draft.sources.items():
        page = pages.get(str(source.url))
        if isinstance(page, UnreadPage):
            line = case.record.find_line(("sources", key, "url"))
            words = f"quotes not checked: {key!r} could not be fetched: {page.why[:200]}"
            yield Problem(case.record.name, line, words, Severity.NOTE)
        elif page is not None:
            yield from _check_page(case, key, source, page)


def _check_page(case: LintCase, key: str, source: SourceDraft, page: ReadPage) -> Iterator[Problem]:
    is_as_read = source.sha256 == page.sha256 or (
        source.read_on is not None and case.today - source.read_on <= _FRESH
    )
    for i, claim in enumerate(case.draft.claims):
        for j, sighting in enumerate(claim.sightings):
            quote = sighting.quote
            if sighting.source != key or quote is None:
                continue
            if contains_quote(page.text, quote, urlsplit(page.url).path):
                continue
            words = f"{quote!r} is not in {key!r} as it is served today; "
            place = ("claims", i, "sightings", j, "quote")
            if is_as_read:
                yield case.error(place, words + "quote a few words exactly as they are there")
            else:
                yield case.warning(place, words + "if the page was edited, say so in a locator")
