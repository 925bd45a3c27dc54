"""Rules about what a licence is and says."""

import re

from kb.domain.outcomes import Outcome
from kb.domain.quantities import find_numbers
from kb.domain.rules.case import Case, Finding, Rule, as_plain, join_names, make_numbers

_DEFINITION = "Open Source Definition"
_TERM = "license_term."
_OPEN_SOURCE = re.compile(r"(?:is |fully )?open[- ]source(?:d)?", re.IGNORECASE)


def judge_open_source(case: Case) -> Finding | None:
    """'Open source' is false if a clause breaks a criterion of the Open Source Definition."""
    if case.claim.type != "license" or not _OPEN_SOURCE.fullmatch(case.claim.text.strip()):
        return None
    breaking = tuple(
        each
        for each in case.evidence
        if each.metric.startswith(_TERM) and (each.conditions.rule or "").startswith(_DEFINITION)
    )
    if not breaking:
        return None
    criteria = join_names(sorted({each.conditions.rule or "" for each in breaking}))
    clauses = join_names(
        f"{each.conditions.clause or 'a clause'} of the {each.conditions.document or 'licence'}"
        for each in breaking
    )
    words = f"Not open source: {clauses} fail {criteria}."
    return Finding(Outcome.REFUTED, words, breaking, make_numbers(criteria=criteria))


def judge_term(case: Case) -> Finding | None:
    """A term holds if a clause with it stands in the licence or in a document it pulls in."""
    if case.claim.type != "license_term" or case.claim.metric is None:
        return None
    clauses = case.of_metric(_TERM + case.claim.metric)
    if not clauses:
        return None
    clause = clauses[0]
    if not _agrees(case.claim.text, clause.value):
        words = f"The clause on record gives {as_plain(clause.value)}, another figure."
        return Finding(Outcome.REFUTED, words, (clause,), make_numbers(value=clause.value))
    clause_name = clause.conditions.clause or "a clause"
    place = f"{clause_name} of the {clause.conditions.document or 'licence'}"
    aside = f" {clause.conditions.note}" if clause.conditions.note else ""
    words = f"{place[0].upper()}{place[1:]} says so.{aside}"
    return Finding(Outcome.SUPPORTED, words, (clause,), make_numbers(value=clause.value))


def _agrees(text: str, value: float | None) -> bool:
    """Whether a number that the claim names, if any, is the clause's."""
    numbers = find_numbers(text)
    return value is None or not numbers or value in numbers


OPEN_SOURCE = Rule(
    "open_source",
    1,
    "'Open source' is measured against the Open Source Definition; one clause that breaks a "
    "criterion refutes it.",
    judge_open_source,
)
TERM = Rule(
    "license_term",
    1,
    "A licence term holds if a clause says so, in the licence or in a document it pulls in.",
    judge_term,
)
