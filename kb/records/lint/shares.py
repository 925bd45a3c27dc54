"""Rules on percent and proportions: 0.856 is not 85.6%."""

import math
from collections.abc import Iterator

from kb.domain.drafts import ClaimDraft, ResultDraft
from kb.domain.quantities import find_numbers
from kb.records.files import Problem
from kb.records.lint.case import LintCase, as_words

_FACTORS = (0.01, 100.0)


def find_value_beside_words(case: LintCase) -> Iterator[Problem]:
    """A claim's `value` that is a hundredth or a hundredfold of the figure in its words."""
    for i, claim in enumerate(case.draft.claims):
        for value in filter(None, (claim.value, claim.value_high)):
            said = _find_hundredfold(value, _list_said(claim))
            if said is not None:
                words = (
                    f"`value` is {as_words(value)}, and the words say {as_words(said)}; "
                    "write the figure as it was said (85.6 with unit percent, not 0.856)"
                )
                yield case.error(("claims", i, "value"), words)


def _list_said(claim: ClaimDraft) -> list[float]:
    quotes = [sighting.quote for sighting in claim.sightings if sighting.quote]
    return [number for text in (claim.claimed, *quotes) for number in find_numbers(text)]


def _find_hundredfold(value: float, said: list[float]) -> float | None:
    if any(math.isclose(value, figure) for figure in said):
        return None
    meant = [
        figure for figure in said for factor in _FACTORS if math.isclose(value * factor, figure)
    ]
    return meant[0] if meant else None


def find_shares_as_percent(case: LintCase) -> Iterator[Problem]:
    """A result in percent that lies between 0 and 1, or one in proportions above 1."""
    results = case.draft.results
    for i, result in enumerate(results):
        if result.value is None or result.unit != "percent" or not 0 < result.value < 1:
            continue
        place = ("results", i, "value")
        twin = next((other for other in results if _is_hundredfold(other, result)), None)
        if twin is not None:
            words = (
                f"{as_words(result.value)} percent beside {as_words(twin.value or 0)} percent of "
                f"the same {result.metric}: one is a proportion; write both in percent"
            )
            yield case.error(place, words)
        else:
            words = (
                f"{as_words(result.value)} percent is less than one in a hundred; if it is a "
                f"proportion, write {as_words(result.value * 100)}"
            )
            yield case.warning(place, words)


def _is_hundredfold(other: ResultDraft, result: ResultDraft) -> bool:
    if other.value is None or result.value is None or other.metric != result.metric:
        return False
    # 85.6 may be 0.856 or 0.8561, rounded.
    return other.unit == result.unit and math.isclose(
        other.value, 100 * result.value, rel_tol=0.005
    )
