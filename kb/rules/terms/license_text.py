"""The rule about which licence it is."""

import re

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Evidence
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.terms.clauses import LICENCE_READ
from kb.rules.wording import join_names

# GPL-3.0-only and GPL-3.0-or-later have one text
_SUFFIX = re.compile(r"-(?:only|or-later)$", re.IGNORECASE)
_COMMON_WORDS = {
    "license", "licence", "agreement", "the", "version", "licenseref", "v", "of", "and",
}  # fmt: skip


def judge_licence_text(case: Case) -> Finding | None:
    """A licence that is named is set beside the text that lies with the model."""
    texts = case.of_own_metric(LICENCE_READ)
    if case.claim.claim_type != "license" or not texts:
        return None
    same = [text for text in texts if _is_same_licence(case.claim.claimed_text, text)]
    if same:
        return Finding(Outcome.SUPPORTED, (same[0],))
    if not _list_identifiers(case.claim.claimed_text):
        return None  # a name of its own may be another name of the same text
    return Finding(Outcome.REFUTED, texts)


def _is_same_licence(claimed: str, text: Evidence) -> bool:
    identifiers = {_SUFFIX.sub("", name).lower() for name in _list_identifiers(claimed)}
    if text.text and _SUFFIX.sub("", text.text).lower() in (identifiers or {claimed.lower()}):
        return True
    asked, held = _list_words(claimed), _list_words(text.conditions.document or "")
    return bool(asked) and not identifiers and asked <= held


def _list_identifiers(claimed: str) -> tuple[str, ...]:
    """The SPDX identifiers that a claim names: one licence, or an expression of several."""
    # Imported here, since whoever only words a verdict needs neither, and they load slowly.
    from kb.licences.standard import parse_expression
    from kb.reading.vocabulary.licence_names import find_spdx

    one = find_spdx(claimed)
    return (one,) if one else parse_expression(claimed) or ()


def _list_words(name: str) -> set[str]:
    """The words by which licences differ; `llama4` is the words llama and 4."""
    return set(re.findall(r"[a-z]+|\d+(?:\.\d+)?", name.lower())) - _COMMON_WORDS


def say_licence_text(verdict: VerdictFact) -> str:
    """Which licence the text is, and which was named."""
    texts = verdict.evidence
    if verdict.outcome is Outcome.SUPPORTED:
        return f"The licence text read with the model is the {texts[0].conditions.document}."
    names = join_names(text.conditions.document or text.text or "another" for text in texts)
    named = verdict.claim.claimed_text
    return f"The licence named is {named}; the text with the model is the {names}."


RULE = Rule(
    name="license_text",
    version=1,
    order=120,
    plain="A licence that is named must be the one supplied with the model.",
    would_change="Another licence text beside the model, or a card that names the one that lies "
    "there.",
    judge=judge_licence_text,
    say=say_licence_text,
)
