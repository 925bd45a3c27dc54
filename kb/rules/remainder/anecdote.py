"""The rule about single experiences."""

from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.rule import Finding, Rule, VerdictFact


def judge_anecdote(case: Case) -> Finding | None:
    """A single reported experience is shown, and decides nothing."""
    found = case.of_own_metric(case.claim.metric or case.claim.claim_type)
    told = [result for result in found if result.text is not None]
    if case.claim.claim_type != "task_quality" or not told:
        return None
    return Finding(Outcome.INCONCLUSIVE, (told[0],))


def say_anecdote(verdict: VerdictFact) -> str:
    """What happened once, and who reports it."""
    (told,) = verdict.evidence
    return f"One case proves nothing. On record: {told.text} ({told.by})."


RULE = Rule(
    name="anecdote",
    version=1,
    order=170,
    plain="A single experience is shown, and decides nothing.",
    would_change="A test of many such tasks, scored by a stated rule, with its sample size and "
    "interval.",
    judge=judge_anecdote,
    say=say_anecdote,
)
