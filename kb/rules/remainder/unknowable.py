"""The rule about what neither weights nor public documents can settle."""

from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.rule import Finding, Rule, VerdictFact


def judge_unknowable(case: Case) -> Finding | None:
    """Some things cannot be settled from weights or public documents."""
    return None if case.claim.declared_type.knowable else Finding(Outcome.NOT_TESTABLE)


def say_unknowable(_verdict: VerdictFact) -> str:
    """That only who said it knows."""
    return (
        "Neither the weights nor any public document can settle this; only whoever made the "
        "claim knows."
    )


RULE = Rule(
    name="unknowable",
    version=1,
    words_version=2,
    order=180,
    plain="What neither weights nor public documents can settle is not testable.",
    would_change="Only a document that anybody can check would make it testable, such as a record "
    "that the speaker publishes.",
    judge=judge_unknowable,
    say=say_unknowable,
)
