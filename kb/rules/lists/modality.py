"""The rule about which kinds of input a model reads."""

import re

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Evidence
from kb.rules.evidence_words import write_by
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.wording import capitalise, join_names

_METRIC = "modality"
# "text and images", "vision", "audio understanding", "speech", "PDF documents"
_KINDS = {
    "text": r"\btexts?\b|\bwritten\b",
    "images": r"\bimages?\b|\bvision\b|\bvisual\b|\bpictures?\b",
    "video": r"\bvideos?\b",
    "audio": r"\baudio\b|\bspeech\b|\bsound\b|\bvoice\b",
    "documents": r"\bpdfs?\b|\bdocuments?\b",
}


def judge_modality(case: Case) -> Finding | None:
    """Each kind that is claimed must be listed; a list of the vendor's own counts against it."""
    claimed = _find_kinds(case.claim.claimed_text)
    lists = [told for told in case.of_own_metric(_METRIC) if told.text]
    if case.claim.claim_type != _METRIC or not claimed or not lists:
        return None
    told = [one for one in lists if not one.is_vendors_word] or lists
    missing = [kind for kind in claimed if not any(_lists(one, kind) for one in told)]
    facts = {"listed": [kind for kind in claimed if kind not in missing], "missing": missing}
    return Finding(_decide(missing, told, lists), tuple(told), facts=facts)


def _find_kinds(text: str) -> list[str]:
    return [kind for kind, words in _KINDS.items() if re.search(words, text, re.IGNORECASE)]


def _lists(told: Evidence, kind: str) -> bool:
    return kind in _find_kinds(told.text or "")


def _decide(missing: list[str], told: list[Evidence], lists: list[Evidence]) -> Outcome:
    """A provider may leave out what a model can do; the release and its vendor hardly would."""
    if not missing:
        return Outcome.INCONCLUSIVE if told[0].is_vendors_word else Outcome.SUPPORTED
    whole = [told for told in lists if _is_whole(told)]
    absent = [kind for kind in missing if whole and not any(_lists(one, kind) for one in whole)]
    return Outcome.REFUTED if absent else Outcome.INCONCLUSIVE


def _is_whole(told: Evidence) -> bool:
    return told.is_vendors_word or told.basis is Basis.READ_FROM_RELEASE


def say_modality(verdict: VerdictFact) -> str:
    """Which of the claimed kinds are listed, by whom, and which are not."""
    listed, missing = verdict.facts["listed"], verdict.facts["missing"]
    by = join_names(dict.fromkeys(write_by(told) for told in verdict.evidence))
    words = join_names(listed) or "none of the claimed kinds"
    what = f"{capitalise(words)} {'are' if ' and ' in words else 'is'} listed as input ({by})"
    if verdict.outcome is Outcome.SUPPORTED:
        return f"{what}. How well it reads them, this does not tell."
    if not missing:
        return f"{what}; no list by anybody else is on record."
    lacking = f"{join_names(missing, 'or')} is not"
    if verdict.outcome is Outcome.REFUTED:
        return f"{what}; {lacking}, not even by the release or its vendor."
    return f"{what}; {lacking}, which leaves it open: such lists may leave things out."


RULE = Rule(
    name="modality",
    version=1,
    order=145,
    plain="A claim that lists kinds of input holds if each of them is listed by somebody other "
    "than the vendor, or by the release. A kind that neither the release nor its vendor lists "
    "refutes the claim; one that only providers leave out leaves it open. How well a model reads "
    "an input is another question.",
    would_change="A list that names, or leaves out, one of the claimed kinds, in the release or in "
    "the vendor's own documents; or a test with such an input.",
    judge=judge_modality,
    say=say_modality,
)
