"""The sentence of a verdict, made from its data by the template of its rule."""

from dataclasses import dataclass

from kb.domain.outcomes import OUTCOME_LABELS
from kb.rules.discovery import find_rules
from kb.rules.rule import VerdictFact

_ASKED = "Asked by us; nobody on record claims it. "


@dataclass(frozen=True)
class Sentence:
    """A sentence, and the version of the template that made it; None where none did."""

    text: str
    words_version: int | None = None


def render_verdict(verdict: VerdictFact) -> Sentence:
    """Return the sentence of a verdict; of a rule that is no more, the outcome in words."""
    name, _, _ = verdict.rule.partition("/")
    named = (rule for rule in find_rules() if rule.name == name)  # labels are made when asked for
    rule = next((rule for rule in named if rule.label == verdict.rule), None)
    if rule is None:
        label, meaning = OUTCOME_LABELS[verdict.outcome]
        return Sentence(f"{label}. {meaning} Judged by an earlier rule, {verdict.rule}.")
    asked = _ASKED if verdict.claim.question else ""
    return Sentence(f"{asked}{rule.say(verdict)}", rule.words_version)
