"""Rules about what a licence is and says."""

import re

from kb.domain.outcomes import Outcome
from kb.domain.quantities import find_numbers
from kb.licences.standard import parse_expression
from kb.reading.vocabulary.licence_names import find_spdx
from kb.rules.case import Case, Evidence, Finding, Rule, as_plain, join_names, make_numbers

_DEFINITION = "Open Source Definition"
_TERM = "license_term."
_LICENCE_READ, _POLICY_READ = "license_text", "use_policy_text"
_OPEN_SOURCE = re.compile(r"(?:is |fully )?open[- ]source(?:d)?", re.IGNORECASE)
_SUFFIX = re.compile(r"-(?:only|or-later)$", re.IGNORECASE)
_MOST_CLAUSES = 3
_COMMON_WORDS = {
    "license",
    "licence",
    "agreement",
    "the",
    "version",
    "licenseref",
    "v",
    "of",
    "and",
}


def judge_open_source(case: Case) -> Finding | None:
    """'Open source' is false if a clause breaks a criterion of the Open Source Definition."""
    if case.claim.claim_type != "license" or not _OPEN_SOURCE.fullmatch(
        case.claim.claimed_text.strip()
    ):
        return None
    breaking: dict[str, list[Evidence]] = {}
    for each in case.evidence:
        criterion = each.conditions.rule or ""
        if each.metric.startswith(_TERM) and criterion.startswith(_DEFINITION):
            breaking.setdefault(criterion, []).append(each)
    if breaking:
        return _refute(dict(sorted(breaking.items())))
    return _find_approval(case)


def _refute(breaking: dict[str, list[Evidence]]) -> Finding:
    """One sentence a criterion, each with the clauses that fail it."""
    told = [f"{criterion} fails by {_tell_places(each)}" for criterion, each in breaking.items()]
    words = f"Not open source: {'; '.join(told)}."
    evidence = tuple(item for each in breaking.values() for item in each)
    return Finding(Outcome.REFUTED, words, evidence, make_numbers(criteria=join_names(breaking)))


def _tell_places(evidence: list[Evidence]) -> str:
    """The clauses, those of licences before those of policies, in the order of their numbers."""
    ordered = sorted(evidence, key=_make_order)
    places = list(dict.fromkeys(_name_place(each) for each in ordered))
    more = len(places) - _MOST_CLAUSES
    rest = [f"{more} more clause{'s' if more > 1 else ''}"] if more > 0 else []
    return join_names([*places[:_MOST_CLAUSES], *rest])


def _make_order(clause: Evidence) -> tuple[bool, str, list[tuple[int, str]]]:
    document = clause.conditions.document or ""
    parts = re.findall(r"\d+|[^\d.]+", clause.conditions.clause or "")
    numbers = [(int(part), "") if part.isdigit() else (0, part) for part in parts]
    return "policy" in document.lower(), document, numbers


def _find_approval(case: Case) -> Finding | None:
    """Supported where the licence that lies beside the model is one that OSI approved."""
    approved = [each for each in case.of_own_metric("license_osi_approved") if each.value == 1]
    if not approved:
        return None
    name = approved[0].conditions.document or "the licence"
    words = (
        f"The licence text is the {name}, word for word, which the Open Source Initiative approved."
    )
    return Finding(Outcome.SUPPORTED, words, (approved[0],))


def judge_term(case: Case) -> Finding | None:
    """A term holds if a clause with it stands in the licence or in a document it pulls in."""
    if case.claim.claim_type != "license_term" or case.claim.metric is None:
        return None
    clauses = case.of_metric(_TERM + case.claim.metric)
    if not clauses:
        return None
    clause = next((each for each in clauses if _agrees(case.claim.claimed_text, each.value)), None)
    if clause is None:
        words = f"The clause on record gives {as_plain(clauses[0].value)}, another figure."
        found = make_numbers(value=clauses[0].value)
        return Finding(Outcome.REFUTED, words, (clauses[0],), found)
    place = _name_place(clause)
    aside = _tell_where_not(case, clauses) or clause.conditions.note
    words = f"{place[0].upper()}{place[1:]} says so.{' ' + _end(aside) if aside else ''}"
    return Finding(Outcome.SUPPORTED, words, (clause,), make_numbers(value=clause.value))


def _tell_where_not(case: Case, clauses: tuple[Evidence, ...]) -> str | None:
    """Say so when only a policy has the clause, and the licence that was read has it not."""
    with_it = {each.conditions.document for each in clauses}
    policies = {each.conditions.document for each in case.of_metric(_POLICY_READ)}
    licences = [each.conditions.document or "" for each in case.of_metric(_LICENCE_READ)]
    if not licences or not with_it <= policies or any(name in with_it for name in licences):
        return None
    return f"It stands in the use policy, and not in the licence itself ({join_names(licences)})."


def judge_licence_text(case: Case) -> Finding | None:
    """A licence that is named is set beside the text that lies with the model."""
    texts = case.of_own_metric(_LICENCE_READ)
    if case.claim.claim_type != "license" or not texts:
        return None
    same = [each for each in texts if _is_same_licence(case.claim.claimed_text, each)]
    if same:
        words = f"The licence text that was read is the {same[0].conditions.document}."
        return Finding(Outcome.SUPPORTED, words, (same[0],))
    if not _list_identifiers(case.claim.claimed_text):
        return None  # a name of its own may be another name of the same text
    names = join_names(each.conditions.document or each.text or "another" for each in texts)
    words = (
        f"What is named is {case.claim.claimed_text}; the text that lies with the model "
        f"is the {names}."
    )
    return Finding(Outcome.REFUTED, words, texts)


def _is_same_licence(claimed: str, text: Evidence) -> bool:
    identifiers = {_SUFFIX.sub("", each).lower() for each in _list_identifiers(claimed)}
    if text.text and _SUFFIX.sub("", text.text).lower() in (identifiers or {claimed.lower()}):
        return True
    asked, held = _list_words(claimed), _list_words(text.conditions.document or "")
    return bool(asked) and not identifiers and asked <= held


def _list_identifiers(claimed: str) -> tuple[str, ...]:
    """The SPDX identifiers that a claim names: one licence, or an expression of several."""
    one = find_spdx(claimed)
    return (one,) if one else parse_expression(claimed) or ()


def _list_words(name: str) -> set[str]:
    """The words by which licences differ; `llama4` is the words llama and 4."""
    return set(re.findall(r"[a-z]+|\d+(?:\.\d+)?", name.lower())) - _COMMON_WORDS


def _name_place(clause: Evidence) -> str:
    held = clause.conditions
    return f"{held.clause or 'a clause'} of the {held.document or 'licence'}"


def _end(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words[:1].upper()}{words[1:]}."


def _agrees(text: str, value: float | None) -> bool:
    """Whether a number that the claim names, if any, is the clause's."""
    numbers = find_numbers(text)
    return value is None or not numbers or value in numbers


OPEN_SOURCE = Rule(
    "open_source",
    2,
    "'Open source' is measured against the Open Source Definition, criterion by criterion; one "
    "clause that breaks a criterion refutes it, and a text that OSI approved supports it.",
    judge_open_source,
    "A licence for these weights without the clauses that break the definition, or one that "
    "OSI approved; or a clause that was read wrongly.",
)
TERM = Rule(
    "license_term",
    2,
    "A licence term holds if a clause says so, in the licence or in a document it pulls in.",
    judge_term,
    "Another text of the licence, or of a document that it pulls in, in which the clause says "
    "otherwise.",
)
TEXT = Rule(
    "license_text",
    1,
    "A licence that is named must be the one whose text lies with the model.",
    judge_licence_text,
    "Another licence text beside the model, or a card that names the one that lies there.",
)
