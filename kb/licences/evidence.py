"""Turn a licence that was read into results: what each clause shows, with its place."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from kb.domain.drafts import Conditions
from kb.domain.found import FoundResult
from kb.domain.outcomes import Basis
from kb.licences.definition import list_breaches
from kb.licences.terms import Licence, Term

LICENCE_READ, POLICY_READ = "license_text", "use_policy_text"
OSI_APPROVED = "license_osi_approved"
_METRICS = {
    "mau_limit": "user_limit",
    "revenue_limit": "revenue_limit",
    "naming_required": "naming",
    "attribution_required": "attribution",
    "acceptable_use_policy": "acceptable_use",
    "field_of_use_restrictions": "barred_use",
    "geographic_restrictions": "region_exclusion",
    "output_training_restriction": "output_training",
    "no_commercial_use": "no_commercial_use",
    "no_derivatives": "no_derivatives",
    "derivative_share_alike": "share_alike",
    "patent_grant": "patent_grant",
    "termination_on_litigation": "litigation_ends",
    "use_restriction_passthrough": "passing_on",
}
_UNITS = {
    "user_limit": "monthly active users",
    "revenue_limit": "of revenue, in the clause's currency",
}
_MOST_OF_A_KIND = 40
# "Llama 4 Community License Agreement" is about Llama 4; "MIT License" about no model.
_OF_A_LICENCE = re.compile(
    r"\s*\b(?:community|acceptable|prohibited|responsible|open(?=\s+model)|model|use(?=\s+policy)|licen[sc]e|terms|agreement|policy"
    r"|usage|non-?commercial|research|public|rail(?:-m)?)\b.*",
    re.IGNORECASE | re.DOTALL,
)


def find_model_name(licence: Licence) -> str | None:
    """Return the model that a licence's own name speaks of; None for one that serves many."""
    name = _OF_A_LICENCE.sub("", licence.name).strip(" -,:")
    return name if not licence.is_exact and any(letter.isalpha() for letter in name) else None


def make_results(licence: Licence, text: str, subject: str | None) -> list[FoundResult]:
    """Return what a licence shows: that it was read, whether it is approved, and its terms.

    `text` is what the places count in. Raises ValidationError when a text cannot be stored.
    """
    return [*_make_identity(licence, text, subject), *_make_terms(licence, text, subject)]


def _make_identity(licence: Licence, text: str, subject: str | None) -> Iterator[FoundResult]:
    is_policy = licence.document_type != "licence"
    note = "A standard text, word for word." if licence.is_exact else "No standard text."
    conditions = Conditions(document=licence.name[:500], note=note)
    first = re.search(r"\S[^\n]{0,200}", text)
    assert first is not None
    shared: dict[str, Any] = {
        "quote": first[0], "locator": "the whole text", "start": first.start(), "end": first.end(),
        "subject": subject, "basis": Basis.READ_FROM_RELEASE, "as_of": licence.dated,
        "conditions": conditions,
    }  # fmt: skip
    metric = POLICY_READ if is_policy else LICENCE_READ
    yield FoundResult(metric=metric, text=licence.spdx[:500], **shared)
    if not is_policy:
        value = float(licence.is_osi_approved)
        yield FoundResult(metric=OSI_APPROVED, value=value, unit="1 for approved", **shared)


def _make_terms(licence: Licence, text: str, subject: str | None) -> Iterator[FoundResult]:
    breaks = {id(term): criterion for criterion, term in list_breaches(licence)}
    counts: Counter[str] = Counter()
    for term in licence.terms:
        counts[term.kind] += 1
        if term.kind in _METRICS and counts[term.kind] <= _MOST_OF_A_KIND:
            conditions = _make_conditions(licence, term, breaks.get(id(term)))
            yield _make_result(term, text, conditions, subject, licence.dated)


def _make_conditions(licence: Licence, term: Term, criterion: str | None) -> Conditions:
    return Conditions(
        rule=criterion,
        clause=term.place[:500],
        document=licence.name[:500],
        quote=term.quote[:500],
        note=term.note,
    )


def _make_result(
    term: Term, text: str, conditions: Conditions, subject: str | None, dated: str | None
) -> FoundResult:
    metric = _METRICS[term.kind]
    if term.kind == "geographic_restrictions" and term.value == "European Union":
        metric = "eu_exclusion"
    is_number = isinstance(term.value, float)
    return FoundResult(
        metric=f"license_term.{metric}",
        basis=Basis.READ_FROM_RELEASE,
        value=term.value if isinstance(term.value, float) else None,
        text=None if is_number else _tell(term),
        unit=_UNITS.get(metric),
        conditions=conditions,
        as_of=dated,
        quote=text[term.start : term.end],
        locator=f"{term.place[:400]}, characters {term.start}-{term.end}",
        start=term.start,
        end=term.end,
        subject=subject,
    )


def _tell(term: Term) -> str:
    return (term.quote if term.value is True else str(term.value))[:500]
