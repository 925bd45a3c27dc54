"""Rules for what no other rule decides."""

from kb.domain.outcomes import Outcome
from kb.rules.case import Case, Finding, Rule


def judge_anecdote(case: Case) -> Finding | None:
    """A single reported experience is shown, and decides nothing."""
    found = case.of_own_metric(case.claim.metric or case.claim.claim_type)
    told = [each for each in found if each.text is not None]
    if case.claim.claim_type != "task_quality" or not told:
        return None
    words = f"One experience is on record ({told[0].by}): {told[0].text}. One case decides nothing."
    return Finding(Outcome.INCONCLUSIVE, words, (told[0],))


def judge_unknowable(case: Case) -> Finding | None:
    """Some things cannot be settled from weights or public documents."""
    if case.claim.declared_type.knowable:
        return None
    words = "Neither the weights nor any public document can settle this; only its speaker knows."
    return Finding(Outcome.NOT_TESTABLE, words)


def judge_untested(case: Case) -> Finding:
    """The rule of last resort: no evidence that a rule can use is on record."""
    return Finding(Outcome.UNTESTED, "No test of this claim is on record yet.")


ANECDOTE = Rule(
    "anecdote",
    1,
    "A single experience is shown, and decides nothing.",
    judge_anecdote,
    "A test of many such tasks, scored by a stated rule, with its count and interval.",
)
UNKNOWABLE = Rule(
    "unknowable",
    1,
    "What neither weights nor public documents can settle is not testable.",
    judge_unknowable,
    "Only a document that anybody can check would open it, such as a record that the speaker "
    "publishes.",
)
UNTESTED = Rule(
    "untested",
    1,
    "Without evidence there is no verdict.",
    judge_untested,
    "Any result that a rule can use: a test here on the released weights, or one that others "
    "report with its source.",
)
