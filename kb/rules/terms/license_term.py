"""The rule about what a licence says."""

from kb.domain.outcomes import Outcome
from kb.domain.quantities import find_numbers
from kb.rules.case import Case, Evidence
from kb.rules.rule import Finding, Rule, VerdictFact, keep_known
from kb.rules.terms.clauses import LICENCE_READ, POLICY_READ, TERM, name_place
from kb.rules.wording import capitalise, join_names, write_number

_LONGEST_NAME = 3  # words


def judge_term(case: Case) -> Finding | None:
    """A term holds if a clause with it stands in the licence or in a document it pulls in."""
    if case.claim.claim_type != "license_term" or case.claim.metric is None:
        return None
    clauses = case.of_metric(TERM + case.claim.metric)
    if not clauses:
        return None
    clause = next(
        (found for found in clauses if _agrees(case.claim.claimed_text, found.value)), None
    )
    if clause is None:
        return Finding(Outcome.REFUTED, (clauses[0],), keep_known(value=clauses[0].value))
    facts = keep_known(absent_from=_find_licences_without(case, clauses))
    return Finding(Outcome.SUPPORTED, (clause,), keep_known(value=clause.value), facts)


def _agrees(text: str, value: float | None) -> bool:
    """Whether a number that the claim names, if any, is the clause's."""
    numbers = find_numbers(text)
    return value is None or not numbers or value in numbers


def _find_licences_without(case: Case, clauses: tuple[Evidence, ...]) -> list[str] | None:
    """The licences that were read, when only a policy has the clause and none of them has it."""
    with_it = {clause.conditions.document for clause in clauses}
    policies = {policy.conditions.document for policy in case.of_metric(POLICY_READ)}
    licences = [text.conditions.document or "" for text in case.of_metric(LICENCE_READ)]
    if not licences or not with_it <= policies or any(name in with_it for name in licences):
        return None
    return licences


def say_term(verdict: VerdictFact) -> str:
    """Where the licence says so, or what it says instead."""
    (clause,) = verdict.evidence
    place = name_place(clause)
    if verdict.outcome is Outcome.REFUTED:
        return f"{capitalise(place)} gives another figure: {write_number(clause.value)}."
    licences, note = verdict.facts.get("absent_from"), clause.conditions.note
    aside = _say_absent(licences) if licences else _end(note) if note else ""
    return f"{capitalise(place)} {_say_what(clause)}. {aside}".rstrip()


def _say_what(clause: Evidence) -> str:
    """What the clause holds, so that nobody has to take our word that it agrees."""
    if clause.text:
        text = clause.text.rstrip(".")
        is_name = len(text.split()) <= _LONGEST_NAME  # a machine reads a region's name alone
        return f"says so ({text})" if is_name else f"says, in short: {text}"
    if clause.value is None or not clause.unit:
        return "says so"
    return f"names {write_number(clause.value)} {clause.unit}"


def _say_absent(licences: list[str]) -> str:
    names = join_names(licences)
    return f"It is in the use policy, not in the licence itself ({names})."


def _end(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{capitalise(words)}."


RULE = Rule(
    name="license_term",
    version=2,
    words_version=4,
    order=110,
    plain="A claim about a licence term holds if a clause says so, in the licence or in a document "
    "that it incorporates.",
    would_change="A different text of the licence, or of a document that it incorporates, in which "
    "the clause says otherwise.",
    judge=judge_term,
    say=say_term,
)
