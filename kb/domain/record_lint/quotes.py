"""A rule on quotes: what is quoted stands in the source, where the source could be fetched."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from kb.domain.drafts import SourceDraft
from kb.domain.pages import ReadPage, UnreadPage
from kb.domain.reading.quotes import contains_quote
from kb.domain.record_files import Problem, Severity
from kb.domain.record_lint.case import LintCase

_FRESH = timedelta(days=7)  # a page read so lately is hardly another one now


def list_quoted_urls(case: LintCase) -> list[str]:
    """Return the addresses of the sources that are quoted, in order."""
    keys = {each.source for claim in case.draft.claims for each in claim.sightings if each.quote}
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
            words = f"{quote!r} does not stand in {key!r} as it is served today; "
            place = ("claims", i, "sightings", j, "quote")
            if is_as_read:
                yield case.error(place, words + "quote a few words exactly as they stand there")
            else:
                yield case.warning(place, words + "if the page was edited, say so in a locator")
