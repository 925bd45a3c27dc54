"""A licence as one flat object: what each field of it comes to, as programs and pages read it."""

from typing import Any

from kb.licences.clause_rules.uses import bars_more_than_crime, names_a_field
from kb.licences.standard import is_copyleft
from kb.licences.terms import Licence, Term


def make_summary(licence: Licence) -> dict[str, Any]:
    """Return the fields of a licence; None is what the text does not settle."""
    is_policy = licence.document_type != "licence"
    fields = {term.kind for term in licence.terms}
    return {
        "name": licence.name,
        "spdx": licence.spdx,
        "document_type": licence.document_type,
        "osi_open_source": licence.is_osi_approved,
        "commercial_use": find_commercial_use(licence),
        "mau_limit": _find_smallest(licence, "mau_limit"),
        "revenue_limit": _find_smallest(licence, "revenue_limit"),
        "attribution_required": None if is_policy else "attribution_required" in fields,
        "naming_required": _join(licence.of_kind("naming_required")),
        "acceptable_use_policy": has_use_policy(licence),
        "field_of_use_restrictions": list_barred_uses(licence),
        "geographic_restrictions": _list_values(licence.of_kind("geographic_restrictions")),
        "output_training_restriction": "output_training_restriction" in fields,
        "derivative_share_alike": "derivative_share_alike" in fields or is_copyleft(licence.spdx),
        "patent_grant": "patent_grant" in fields,
        "termination_on_litigation": "termination_on_litigation" in fields,
        "use_restriction_passthrough": "use_restriction_passthrough" in fields,
    }


def find_commercial_use(licence: Licence) -> str | None:
    """Return yes, conditional (a size changes rights), no, or None where no use is granted."""
    if licence.of_kind("mau_limit") or licence.of_kind("revenue_limit"):
        return "conditional"
    if licence.is_osi_approved:
        return "yes"  # criterion 6 of the Open Source Definition
    if licence.of_kind("no_commercial_use"):
        return "no"
    is_licence = licence.document_type == "licence"
    return "yes" if is_licence and licence.of_kind("use_grant") else None


def has_use_policy(licence: Licence) -> bool:
    """Whether uses are restricted by a policy, the document's own list, or by being one."""
    own = licence.of_kind("field_of_use_restrictions")
    several = len(own) > 1 and any(bars_more_than_crime(term.quote) for term in own)
    listed = several or any(names_a_field(term.quote) for term in own)
    is_policy = licence.document_type != "licence"
    return is_policy or listed or bool(licence.of_kind("acceptable_use_policy"))


def list_barred_uses(licence: Licence) -> list[str]:
    """Return the uses that are barred, by the text itself or by a policy that it names."""
    policies = _list_values(licence.of_kind("acceptable_use_policy"))
    named = [f"uses barred by: {name}" for name in policies[:1]]
    own = _list_values(licence.of_kind("field_of_use_restrictions"))
    commercial = ["commercial use"] if find_commercial_use(licence) == "no" else []
    is_policy = licence.document_type != "licence"
    return [*commercial, *([] if is_policy else named), *own]


def _list_values(terms: tuple[Term, ...]) -> list[str]:
    return list(dict.fromkeys(str(term.value) for term in terms))


def _join(terms: tuple[Term, ...]) -> str | None:
    return " / ".join(_list_values(terms)) or None


def _find_smallest(licence: Licence, kind: str) -> int | float | None:
    values = [float(term.value) for term in licence.of_kind(kind)]
    if not values:
        return None
    return int(min(values)) if min(values).is_integer() else min(values)
