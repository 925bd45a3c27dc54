"""Rules on corrections: notes that say something, of the past, about what is gone."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ValidationError

from kb.domain.claim_keys import make_claim_id
from kb.domain.names import make_model_id
from kb.records.files import Problem
from kb.records.lint.case import A_DAY, LintCase
from kb.records.plain_errors import explain_error
from kb.records.states import list_states

_Place = tuple[str | int, ...]


def list_corrected(case: LintCase) -> Iterator[tuple[_Place, Any]]:
    """Yield every part of a record that may carry notes, with its place."""
    draft = case.draft
    yield ("model",), draft.model
    for i, release in enumerate(draft.releases):
        yield ("releases", i), release
    for i, claim in enumerate(draft.claims):
        yield ("claims", i), claim
        for j, sighting in enumerate(claim.sightings):
            yield ("claims", i, "sightings", j), sighting
    for i, result in enumerate(draft.results):
        yield ("results", i), result


def find_wrong_notes(case: LintCase) -> Iterator[Problem]:
    """A note whose `was` cannot have stood there, or stands there now."""
    for place, part in list_corrected(case):
        try:
            for state in list_states(part):
                if _dump(state.before) == _dump(state.after):
                    where = (*place, "corrected", state.place, "was")
                    words = "`was` says what stands there now; write what stood there before"
                    yield case.error(where, words)
        except ValidationError as error:
            why = explain_error(error.errors(include_url=False)[0])
            yield case.error((*place, "corrected"), f"as it stood it was no {place[0]}: {why}")
        except ValueError as error:
            yield case.error((*place, "corrected"), str(error))


def _dump(part: Any) -> dict[str, Any]:
    found: dict[str, Any] = part.model_dump(exclude={"corrected"})
    return found


def find_notes_of_days_to_come(case: LintCase) -> Iterator[Problem]:
    """A correction that is dated in the future."""
    days: list[tuple[_Place, date]] = [
        ((*place, "corrected", number, "on"), note.on)
        for place, part in list_corrected(case)
        for number, note in enumerate(part.corrected)
    ]
    days += [(("withdrawn", i, "on"), claim.on) for i, claim in enumerate(case.draft.withdrawn)]
    for where, day in days:
        if day > case.today + A_DAY:
            words = f"on is {day}, which is in the future (today is {case.today}); correct it"
            yield case.error(where, words)


def find_notes_on_what_stands(case: LintCase) -> Iterator[Problem]:
    """A claim that a note says is gone, and that the record still makes."""
    draft = case.draft
    model_id = make_model_id(draft.model.vendor, draft.model.name)
    standing = {make_claim_id(model_id, claim): i for i, claim in enumerate(draft.claims)}
    gone: list[tuple[_Place, Any]] = [
        (("withdrawn", i), claim) for i, claim in enumerate(draft.withdrawn)
    ]
    for i, claim in enumerate(draft.claims):
        gone += [(("claims", i, "corrected"), before) for before in _list_before(claim)]
    for where, before in gone:
        still = standing.get(make_claim_id(model_id, before))
        if still is not None and ("claims", still) != where[:2]:
            line = case.record.find_line(("claims", still))
            words = f"the claim that was wrong still stands on line {line}; take one of them out"
            yield case.error(where, words)


def _list_before(claim: Any) -> list[Any]:
    try:
        return [state.before for state in list_states(claim)]
    except ValueError:
        return []  # told by another rule
