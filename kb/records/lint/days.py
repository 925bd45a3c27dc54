"""Rules on days: nothing was read, said or measured that is still to come."""

from collections.abc import Iterator
from datetime import date

from kb.domain.drafts import PartialDate
from kb.records.files import Problem
from kb.records.lint.case import A_DAY, LintCase

_Place = tuple[str | int, ...]


def find_days_to_come(case: LintCase) -> Iterator[Problem]:
    """A day of reading, publishing, saying or measuring that lies in the future."""
    for place, day in _list_days(case):
        if day > case.today + A_DAY:
            words = (
                f"{place[-1]} is {day}, which is in the future (today is {case.today}); correct it"
            )
            yield case.error(place, words)


def _list_days(case: LintCase) -> Iterator[tuple[_Place, date]]:
    draft = case.draft
    for key, source in draft.sources.items():
        for name in ("read_on", "published_on"):
            if (day := getattr(source, name)) is not None:
                yield ("sources", key, name), day
    for i, release in enumerate(draft.releases):
        if release.published_on is not None:
            yield ("releases", i, "published_on"), release.published_on
    for i, claim in enumerate(draft.claims):
        for j, sighting in enumerate(claim.sightings):
            if sighting.said_on is not None:
                yield ("claims", i, "sightings", j, "said_on"), _first_day(sighting.said_on)
    for i, result in enumerate(draft.results):
        if result.as_of is not None:
            yield ("results", i, "as_of"), _first_day(result.as_of)


def _first_day(text: PartialDate) -> date:
    return date.fromisoformat((text + "-01-01")[:10])


def find_read_before_published(case: LintCase) -> Iterator[Problem]:
    """A document that was read before its own date, by more than the clocks of the Earth allow."""
    for key, source in case.draft.sources.items():
        read, published = source.read_on, source.published_on
        if read is not None and published is not None and read < published - A_DAY:
            words = (
                f"read on {read}, before it was published on {published}; correct one of the dates"
            )
            yield case.error(("sources", key, "read_on"), words)


def find_said_after_document(case: LintCase) -> Iterator[Problem]:
    """Words or results that are younger than the document in which they stand."""
    for place, key, text in _list_dated(case):
        source = case.draft.sources.get(key)
        if source is None:
            continue
        day = _first_day(text)
        if source.read_on is not None and day > source.read_on + A_DAY:
            words = f"{place[-1]} is {text}, and {key!r} was read on {source.read_on}, before that"
            yield case.error(place, f"{words}; correct one of the dates")
        elif source.published_on is not None and day > source.published_on + A_DAY:
            words = f"{place[-1]} is {text}, and {key!r} is of {source.published_on}"
            yield case.warning(place, f"{words}; if it was edited since, leave published_on out")


def _list_dated(case: LintCase) -> Iterator[tuple[_Place, str, str]]:
    for i, claim in enumerate(case.draft.claims):
        for j, sighting in enumerate(claim.sightings):
            if sighting.said_on is not None:
                place = ("claims", i, "sightings", j, "said_on")
                yield place, sighting.source, sighting.said_on
    for i, result in enumerate(case.draft.results):
        if result.as_of is not None:
            yield ("results", i, "as_of"), result.source, result.as_of
