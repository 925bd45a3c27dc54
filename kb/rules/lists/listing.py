"""The rule about the places where a model can be had."""

from kb.domain.names import make_name_key
from kb.domain.outcomes import EvidenceKind, Outcome
from kb.rules.case import Case, Evidence
from kb.rules.evidence_words import write_by
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import join_names

_LISTING = "provider_listing"
_ABSENT = "lists no"  # how a listing begins that was looked through in vain


def judge_listing(case: Case) -> Finding | None:
    """Each place is looked for; one whose own list lacks the model counts against the claim."""
    places = case.claim.conditions.artefacts
    if case.claim.claim_type != "availability" or not places:
        return None
    newest = {place: _find_newest(case, place) for place in places}
    known = {place: told for place, told in newest.items() if told is not None}
    if not known:
        return None
    facts = {
        "listed": [place for place, told in known.items() if not _is_absent(told)],
        "absent": [place for place, told in known.items() if _is_absent(told)],
        "unknown": [place for place in places if place not in known],
    }
    outcome = Outcome.SUPPORTED
    if any(_is_absent(told) and _is_places_own(told) for told in known.values()):
        outcome = Outcome.REFUTED
    elif facts["absent"] or facts["unknown"]:
        outcome = Outcome.INCONCLUSIVE
    return Finding(outcome, tuple(known.values()), facts=facts)


def _find_newest(case: Case, place: str) -> Evidence | None:
    key = make_name_key(place)
    found = [
        told
        for told in case.of_own_metric(_LISTING)
        if make_name_key(told.conditions.provider or "") == key
    ]
    return max(found, key=lambda told: told.as_of or "", default=None)


def _is_absent(told: Evidence) -> bool:
    return (told.text or "").startswith(_ABSENT)


def _is_places_own(told: Evidence) -> bool:
    """Whether the place's own list was read; others' lists of many places have gaps."""
    return told.kind is EvidenceKind.DOCUMENT


def say_listing(verdict: VerdictFact) -> str:
    """What each place lists, by whose list, and of which places nothing is on record."""
    groups: dict[tuple[str, str], list[str]] = {}
    for told in verdict.evidence:
        group = told.text or "lists it", write_by(told)
        groups.setdefault(group, []).append(told.conditions.provider or "")
    words = [_say_group(text, by, places) for (text, by), places in groups.items()]
    if unknown := verdict.facts["unknown"]:
        words.append(f"nothing is on record for {join_names(unknown)}")
    return f"{'; '.join(words)}."


def _say_group(text: str, by: str, places: list[str]) -> str:
    verb, _, what = text.partition(" ")
    many = verb.removesuffix("s") if len(places) > 1 else verb
    return f"{join_names(places)} {many} {what} ({by})"


RULE = Rule(
    name="listing",
    version=1,
    words_version=2,
    order=155,
    plain="A claim that names places where a model can be had holds if all of them list it. A "
    "place whose own list was read and lacks the model refutes the claim. A place that is only "
    "missing from somebody else's list, or of which nothing is on record, leaves it open.",
    would_change="A list of one of these places, of the day that the claim is about, with the "
    "model in it or without it.",
    judge=judge_listing,
    say=say_listing,
)
