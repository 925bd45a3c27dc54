"""The rule about models that never were."""

from kb.domain.drafts import Availability
from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.rule import Finding, Rule, VerdictFact


def judge_no_such_model(case: Case) -> Finding | None:
    """A claim about a model that never was cannot be tested."""
    if case.subject.availability is not Availability.NO_SUCH_MODEL:
        return None
    return Finding(Outcome.NOT_TESTABLE)


def say_no_such_model(verdict: VerdictFact) -> str:
    """That there is no such model."""
    return f"There is no model called {verdict.model}, so there is nothing to test."


RULE = Rule(
    name="no_such_model",
    version=1,
    order=20,
    plain="A claim about a model that does not exist cannot be tested.",
    would_change="A document from the vendor that shows such a model would make the claim "
    "testable.",
    judge=judge_no_such_model,
    say=say_no_such_model,
)
