"""Read a licence: a text in, its terms out, each with the clause's words and place."""

from collections.abc import Sequence

from kb.domain.encoding import Encoder
from kb.licences.bounds import check_text
from kb.licences.clause_rules.duties import (
    read_attribution,
    read_naming,
    read_passing_on,
    read_share_alike,
)
from kb.licences.clause_rules.grants import (
    read_commercial,
    read_no_changes,
    read_patents,
    read_use_grant,
)
from kb.licences.clause_rules.limits import read_ends, read_regions
from kb.licences.clause_rules.thresholds import read_thresholds
from kb.licences.clause_rules.uses import (
    find_references,
    read_barred_use,
    read_output_training,
    read_policies,
)
from kb.licences.doubts import find_doubts
from kb.licences.standard import find_standard, find_standard_name, is_osi_approved
from kb.licences.terms import Licence, ReadClause, Term
from kb.licences.text.clauses import Clause, parse_clauses
from kb.licences.text.markup import blank_markup, is_html
from kb.licences.titles import find_name, find_own_day, is_policy_title, make_reference_id

VERSION = 1  # a change of what the rules find is a new version
_RULES: tuple[ReadClause, ...] = (
    read_use_grant,
    read_commercial,
    read_no_changes,
    read_thresholds,
    read_attribution,
    read_naming,
    read_policies,
    read_barred_use,
    read_output_training,
    read_regions,
    read_share_alike,
    read_patents,
    read_ends,
    read_passing_on,
)
_MOST_CLAUSES = 3000


def read_licence(text: str, encoder: Encoder | None = None) -> Licence:
    """Return what a licence or a policy on use says.

    With an `encoder`, clauses that are near a term in meaning, but which no rule could read,
    are listed as doubts. Raises LicenceRefusedError for what is no licence text that can be read.
    """
    text = blank_markup(text) if is_html(text) else text
    check_text(text)
    clauses = parse_clauses(text)[:_MOST_CLAUSES]
    standard = find_standard(text)
    name = (standard and find_standard_name(standard)) or find_name(text) or "Unnamed text"
    is_policy = standard is None and is_policy_title(name)
    terms = _read_terms(clauses, is_policy=is_policy)
    return Licence(
        name=name,
        spdx=standard or make_reference_id(name),
        is_exact=standard is not None,
        is_osi_approved=standard is not None and is_osi_approved(standard),
        document_type="acceptable_use_policy" if is_policy else "licence",
        dated=find_own_day(text),
        terms=terms,
        references=() if standard or is_policy else find_references(clauses),
        doubts=find_doubts(clauses, terms, encoder) if encoder and not standard else (),
    )


def _read_terms(clauses: Sequence[Clause], *, is_policy: bool) -> tuple[Term, ...]:
    rules = [rule for rule in _RULES if not (is_policy and rule is read_policies)]  # itself
    found = [term for clause in clauses for rule in rules for term in rule(clause)]
    unique = {(term.kind, term.value, term.start): term for term in found}
    return tuple(sorted(unique.values(), key=lambda term: (term.start, term.kind)))
