"""A licence against the Open Source Definition: which term breaks which criterion.

The criteria are those of the Open Source Initiative, https://opensource.org/osd, read on
2026-11-21 in the copy of https://web.archive.org/web/20021001213311/http://www.opensource.org/
docs/definition_plain.php. Criterion 2, source code, is about what is handed out and not about
the licence; nothing is said of it here. A clause that only repeats the law breaks nothing.
"""

from collections.abc import Iterator

from kb.licences.clause_rules.uses import bars_more_than_crime
from kb.licences.summary import find_commercial_use
from kb.licences.terms import Licence, Term

_NAME = "Open Source Definition"
CRITERIA = {
    1: "free redistribution",
    3: "derived works",
    5: "no discrimination against persons or groups",
    6: "no discrimination against fields of endeavour",
}
# A limit on users or revenue is against persons, a ban on a use against a field of endeavour.
_BROKEN_BY = {
    "mau_limit": 5,
    "revenue_limit": 5,
    "geographic_restrictions": 5,
    "no_commercial_use": 6,
    "acceptable_use_policy": 6,
    "field_of_use_restrictions": 6,
    "output_training_restriction": 6,
    "no_derivatives": 3,
}


def name_criterion(number: int) -> str:
    """Return a criterion as verdicts cite it."""
    return f"{_NAME} {number} ({CRITERIA[number]})"


def list_breaches(licence: Licence) -> Iterator[tuple[str, Term]]:
    """Yield each term that breaks a criterion, with the criterion; none for an approved licence."""
    if licence.is_osi_approved:
        return
    for term in licence.terms:
        number = _BROKEN_BY.get(term.kind)
        if number is None or _is_harmless(licence, term):
            continue
        yield name_criterion(number), term


def _is_harmless(licence: Licence, term: Term) -> bool:
    if term.kind == "no_commercial_use":
        return find_commercial_use(licence) != "no"
    return term.kind == "field_of_use_restrictions" and not bars_more_than_crime(term.quote)
