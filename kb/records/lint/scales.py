"""Rules on scales: a share cannot exceed 100 percent, a figure has the unit of its type."""

from collections.abc import Iterator

from kb.domain.claim_types import CLAIM_TYPES, ClaimType, ValueKind
from kb.domain.drafts import ResultDraft
from kb.domain.units import find_unit
from kb.reading.vocabulary.benchmarks import is_benchmark
from kb.records.files import Problem
from kb.records.lint.case import LintCase, as_words

_TYPES = {
    claim_type.name: claim_type
    for claim_type in CLAIM_TYPES
    if claim_type.kind is ValueKind.QUANTITY
}


def find_figures_off_scale(case: LintCase) -> Iterator[Problem]:
    """A score, or an end of its interval, outside the scale of its unit or of its type."""
    for i, claim in enumerate(case.draft.claims):
        quantity = claim.quantity if claim.type in _TYPES else None
        if quantity is None or "points" not in _TYPES[claim.type].other_units:
            continue
        if quantity.unit == "percent" and quantity.high > 100:
            words = f"{claim.claimed!r} exceeds 100 percent; if the test gives points, say so"
            yield case.error(("claims", i, "claimed"), f"{words}: `unit: points`")
    for i, result in enumerate(case.draft.results):
        yield from _check_result(case, i, result)


def _check_result(case: LintCase, i: int, result: ResultDraft) -> Iterator[Problem]:
    low, high = _find_scale(result)
    for name in ("value", "low", "high"):
        figure = getattr(result, name)
        if figure is None or low <= figure <= high:
            continue
        words = (
            f"{result.metric} of {as_words(figure)} {result.unit or ''}".rstrip()
            + f" is outside its scale, {as_words(low)} to {as_words(high)}; "
            "correct the figure or its unit"
        )
        is_sure = name == "value" and _has_known_scale(result)
        tell = case.error if is_sure else case.warning
        yield tell(("results", i, name), words)


def _find_scale(result: ResultDraft) -> tuple[float, float]:
    declared = _TYPES.get(result.metric)
    unit = find_unit(result.unit)
    if unit is not None and unit.top is not None:
        return 0, unit.top
    if declared is None or result.unit not in (None, declared.unit):
        return float("-inf"), float("inf")
    low, high = declared.minimum, declared.maximum
    return (float("-inf") if low is None else low), (float("inf") if high is None else high)


def _has_known_scale(result: ResultDraft) -> bool:
    """A share of a whole: of a known test, or of a declared type; growth may exceed 100%."""
    name = result.metric.replace("_", " ")
    unit = find_unit(result.unit)
    is_share_of_one = unit is not None and unit.top == 1
    return is_share_of_one or result.metric in _TYPES or is_benchmark(name)


def find_units_that_do_not_fit(case: LintCase) -> Iterator[Problem]:
    """A result whose metric is a claim type, in a unit that the type does not have."""
    for i, result in enumerate(case.draft.results):
        declared = _TYPES.get(result.metric)
        if declared is None or result.unit is None or declared.allows_unit(result.unit):
            continue
        words = f"{result.metric} is not counted in {result.unit}; use {_list_units(declared)}"
        yield case.error(("results", i, "unit"), words)


def _list_units(declared: ClaimType) -> str:
    return " or ".join(filter(None, (declared.unit, *declared.other_units)))
