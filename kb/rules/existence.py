"""Rules about what exists: promises, models nobody released, models that never were."""

from kb.domain.drafts import Availability
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, Finding, Rule, make_numbers

_WITHOUT_WEIGHTS = (Availability.ANNOUNCED, Availability.NEVER_RELEASED)


def judge_promise(case: Case) -> Finding | None:
    """A promise is pending until a release is seen; past its day it is said to be late."""
    promise = case.claim.conditions
    if not promise.promised:
        return None
    if case.claim.claim_type == "availability" and case.subject.releases:
        first = case.subject.releases[0].repository
        words = f"Kept: {case.subject.name} was released as {first}."
        return Finding(Outcome.SUPPORTED, words, rests_on=Basis.REPORTED_BY_OTHERS)
    if promise.promised_for is None:
        words = "A promise without a date; nothing on record shows that it was kept."
    elif promise.promised_for < case.today:
        words = f"Late: it was promised for {promise.promised_for} and has not been seen."
    else:
        words = f"Promised for {promise.promised_for}."
    numbers = make_numbers(promised_for=promise.promised_for and str(promise.promised_for))
    return Finding(Outcome.PENDING, words, numbers=numbers)


def judge_no_such_model(case: Case) -> Finding | None:
    """A claim about a model that never was cannot be tested."""
    if case.subject.availability is not Availability.NO_SUCH_MODEL:
        return None
    words = f"There is no model called {case.subject.name}, so there is nothing to test."
    return Finding(Outcome.NOT_TESTABLE, words)


def judge_not_released(case: Case) -> Finding | None:
    """Without weights, nothing that needs weights can be tested."""
    if (
        case.subject.availability not in _WITHOUT_WEIGHTS
        or not case.claim.declared_type.needs_weights
    ):
        return None
    words = f"The weights of {case.subject.name} have not been released; nobody else can test it."
    return Finding(Outcome.NOT_TESTABLE, words)


PROMISE = Rule(
    "promise",
    1,
    "A promise stays pending until what was promised is seen; past its day it is late.",
    judge_promise,
    "A release of what was promised, seen in a document, would settle it. A day that passes "
    "without one makes the promise late.",
)
NO_SUCH_MODEL = Rule(
    "no_such_model",
    1,
    "A claim about a model that does not exist cannot be tested.",
    judge_no_such_model,
    "A document of the vendor that shows such a model would open the claim to a test.",
)
NOT_RELEASED = Rule(
    "not_released",
    1,
    "A claim that needs weights cannot be tested while the weights are withheld.",
    judge_not_released,
    "A release of the weights would open the claim to a test.",
)
