"""The rule about "open source": the Open Source Definition, criterion by criterion."""

import re
from collections.abc import Iterable

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.rule import Finding, Rule, VerdictFact, keep_known
from kb.rules.terms.clauses import TERM, name_place
from kb.rules.wording import join_names
from kb.text.counting import count_things

_DEFINITION = "Open Source Definition"
# seen as a whole claim: "open source", "fully open-source", "is open-sourced"
_OPEN_SOURCE = re.compile(r"(?:is |fully )?open[- ]source(?:d)?", re.IGNORECASE)
_MOST_CLAUSES = 3


def judge_open_source(case: Case) -> Finding | None:
    """'Open source' is false if a clause breaks a criterion of the Open Source Definition."""
    if case.claim.claim_type != "license" or not _OPEN_SOURCE.fullmatch(
        case.claim.claimed_text.strip()
    ):
        return None
    breaking = _group_by_criterion(
        clause
        for clause in case.evidence
        if clause.metric.startswith(TERM) and (clause.conditions.rule or "").startswith(_DEFINITION)
    )
    if breaking:
        evidence = tuple(clause for clauses in breaking.values() for clause in clauses)
        return Finding(Outcome.REFUTED, evidence, keep_known(criteria=join_names(breaking)))
    approved = [text for text in case.of_own_metric("license_osi_approved") if text.value == 1]
    return Finding(Outcome.SUPPORTED, (approved[0],)) if approved else None


def _group_by_criterion(clauses: Iterable[Evidence]) -> dict[str, list[Evidence]]:
    groups: dict[str, list[Evidence]] = {}
    for clause in clauses:
        groups.setdefault(clause.conditions.rule or "", []).append(clause)
    return dict(sorted(groups.items()))


def say_open_source(verdict: VerdictFact) -> str:
    """Which criterion fails by which clauses, or which approved licence it is."""
    if verdict.outcome is Outcome.SUPPORTED:
        name = verdict.evidence[0].conditions.document or "the licence"
        return (
            f"Open source: the licence text is the {name}, word for word, which the Open Source "
            "Initiative approved."
        )
    failed = [
        _say_breach(criterion, clauses)
        for criterion, clauses in _group_by_criterion(verdict.evidence).items()
    ]
    return f"Not open source by the definition of the Open Source Initiative: {'; '.join(failed)}."


def _say_breach(criterion: str, clauses: list[Evidence]) -> str:
    number, _, rest = criterion.removeprefix(_DEFINITION).strip().partition(" ")
    named = f"criterion {number} of the {_DEFINITION} {rest}".rstrip()
    verb = (
        "does not meet" if len({name_place(clause) for clause in clauses}) == 1 else "do not meet"
    )
    return f"{_say_places(clauses)} {verb} {named}"


def _say_places(clauses: list[Evidence]) -> str:
    """The clauses, those of licences before those of policies, in the order of their numbers."""
    ordered = sorted(clauses, key=_make_order)
    places = list(dict.fromkeys(name_place(clause) for clause in ordered))
    more = len(places) - _MOST_CLAUSES
    rest = [count_things(more, "more clause")] if more > 0 else []
    return join_names([*places[:_MOST_CLAUSES], *rest])


def _make_order(clause: Evidence) -> tuple[bool, str, list[tuple[int, str]]]:
    document = clause.conditions.document or ""
    parts = re.findall(r"\d+|[^\d.]+", clause.conditions.clause or "")
    numbers = [(int(part), "") if part.isdigit() else (0, part) for part in parts]
    return "policy" in document.lower(), document, numbers


RULE = Rule(
    name="open_source",
    version=2,
    words_version=3,
    order=100,
    plain="'Open source' is measured against the Open Source Definition, criterion by criterion; "
    "one clause that breaks a criterion refutes the claim; approval of the licence by the Open "
    "Source Initiative (OSI) supports it.",
    would_change="A licence for these weights without the clauses that break the definition, or "
    "one that OSI approved; or a clause that was misread.",
    judge=judge_open_source,
    say=say_open_source,
)
