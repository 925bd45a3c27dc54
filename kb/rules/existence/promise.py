"""The rule about promises: pending until what was promised is seen."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case
from kb.rules.rule import Finding, Rule, VerdictFact, keep_known
from kb.rules.wording import write_day


def judge_promise(case: Case) -> Finding | None:
    """A promise is pending until a release is seen; once its date has passed, it is overdue."""
    promise = case.claim.conditions
    if not promise.promised:
        return None
    if case.claim.claim_type == "availability" and case.subject.releases:
        facts = {"released_as": case.subject.releases[0].repository}
        return Finding(Outcome.SUPPORTED, facts=facts, rests_on=Basis.READ_FROM_RELEASE)
    due = promise.promised_for
    return Finding(
        Outcome.PENDING,
        numbers=keep_known(promised_for=due and str(due)),
        facts=keep_known(is_late=due and due < case.today),
    )


def say_promise(verdict: VerdictFact) -> str:
    """Kept, late, still to come, or without a day."""
    if verdict.outcome is Outcome.SUPPORTED:
        return f"Kept: {verdict.model} was released as {verdict.facts['released_as']}."
    due = verdict.numbers.get("promised_for")
    if due is None:
        return "Said to come, without a date; nothing on record shows it yet."
    if verdict.facts["is_late"]:
        return f"Late: promised for {write_day(due)}, and nothing on record shows it."
    return f"Promised for {write_day(due)}."


RULE = Rule(
    name="promise",
    version=2,
    words_version=2,
    order=10,
    plain="A promise stays pending until what was promised is seen; once its date has passed, it "
    "is overdue.",
    would_change="A document that shows the release of what was promised would settle it. If the "
    "promise has a date and that passes without one, it is overdue.",
    judge=judge_promise,
    say=say_promise,
)
