"""The rule about which licence it is."""

import re

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Evidence
from kb.rules.rule import Finding, Rule, VerdictFact
from kb.rules.terms.clauses import LICENCE_READ, TERM
from kb.rules.wording import join_names, write_number

# GPL-3.0-only and GPL-3.0-or-later have one text
_SUFFIX = re.compile(r"-(?:only|or-later)$", re.IGNORECASE)
_MOST_TOLD = 4
_COMMON_WORDS = {
    "license", "licence", "agreement", "the", "version", "licenseref", "v", "of", "and",
}  # fmt: skip


def judge_licence_text(case: Case) -> Finding | None:
    """A licence that is named is set beside the text that lies with the model."""
    if case.claim.claim_type != "license":
        return None
    texts = case.of_own_metric(LICENCE_READ)
    same = [text for text in texts if _is_same_licence(case.claim.claimed_text, text)]
    if same:
        return Finding(Outcome.SUPPORTED, (same[0],))
    if not texts or not _list_identifiers(case.claim.claimed_text):
        # a name of its own may be another name of the same text
        return Finding(Outcome.UNTESTED, texts, rests_on=Basis.NONE)
    return Finding(Outcome.REFUTED, texts + _find_added(case, texts))


def _find_added(case: Case, texts: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    """Clauses of a text that is no standard one: what it adds to the licence that was named."""
    documents = {text.conditions.document for text in texts if not _is_standard(text)}
    return tuple(
        result
        for result in case.evidence
        if result.metric.startswith(TERM)
        and result.model.id == case.subject.id
        and result.conditions.document in documents
    )[:_MOST_TOLD]


def _is_standard(text: Evidence) -> bool:
    return text.text is not None and not text.text.startswith("LicenseRef-")


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
    texts, named = verdict.of_metric(LICENCE_READ), verdict.claim.claimed_text
    names = join_names(text.conditions.document or text.text or "another" for text in texts)
    if verdict.outcome is Outcome.SUPPORTED:
        exact = ", word for word" if _is_standard(texts[0]) else ""
        return f"The licence text with the model is the {names}{exact} (read from the release)."
    if not texts:
        return f"No licence text of {verdict.model} is on record to hold “{named}” against."
    if verdict.outcome is Outcome.UNTESTED:
        return (
            f"The licence text with the model is the {names}; whether “{named}” means this text "
            "is not on record."
        )
    added = [clause for clause in verdict.evidence if clause not in texts]
    adds = f" It adds {join_names(map(_say_clause, added))}." if added else ""
    return f"The licence named is {named}; the text with the model is the {names}.{adds}"


def _say_clause(clause: Evidence) -> str:
    what = clause.metric.removeprefix(TERM).replace("_", " ")
    figure = f" of {write_number(clause.value)} {clause.unit or ''}".rstrip()
    return f"a term on {what}{figure if clause.value is not None else ''}"


RULE = Rule(
    name="license_text",
    version=2,
    order=120,
    plain="A licence that is named must be the one supplied with the model: its text, recognised "
    "word for word or by its name. A text that was changed is another licence, and the verdict "
    "says what it adds. Where no text is on record, the claim is untested.",
    would_change="Another licence text beside the model, or a card that names the one that lies "
    "there.",
    judge=judge_licence_text,
    say=say_licence_text,
)
