"""The rule about single experiences."""

from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.evidence_words import write_by
from kb.rules.rule import Finding, Rule, VerdictFact

_MOST_TOLD = 3


def judge_anecdote(case: Case) -> Finding | None:
    """Single reported experiences are shown, for and against, and decide nothing."""
    found = case.of_own_metric(case.claim.metric or case.claim.claim_type)
    told = tuple(result for result in found if result.text is not None)
    if case.claim.claim_type != "task_quality" or not told:
        return None
    return Finding(Outcome.INCONCLUSIVE, told[:_MOST_TOLD])


def say_anecdote(verdict: VerdictFact) -> str:
    """What happened, and who reports it."""
    proves = "One case proves" if len(verdict.evidence) == 1 else "Single cases prove"
    cases = "; ".join(f"{result.text} ({write_by(result)})" for result in verdict.evidence)
    return f"{proves} nothing. On record: {cases}."


RULE = Rule(
    name="anecdote",
    version=2,
    order=170,
    plain="Single experiences are shown, for and against, and decide nothing.",
    would_change="A test of many such tasks, scored by a stated rule, with its sample size and "
    "interval.",
    judge=judge_anecdote,
    say=say_anecdote,
)
