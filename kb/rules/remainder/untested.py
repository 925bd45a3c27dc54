"""The rule of last resort: no evidence that a rule can use is on record."""

from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.rule import Finding, Rule, VerdictFact


def judge_untested(_case: Case) -> Finding:
    """Say so."""
    return Finding(Outcome.UNTESTED)


def say_untested(_verdict: VerdictFact) -> str:
    """That no test is on record."""
    return "No test of this claim is on record yet."


RULE = Rule(
    name="untested",
    version=1,
    order=1000,
    plain="Without evidence, the verdict is “untested”.",
    would_change="Any result that a rule can use: a test here on the released weights, or one "
    "that others report with its source.",
    judge=judge_untested,
    say=say_untested,
)
