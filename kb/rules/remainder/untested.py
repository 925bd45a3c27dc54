"""The rule of last resort: no evidence that a rule can use is on record."""

from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case
from kb.rules.remainder.near import find_near, say_near
from kb.rules.rule import Finding, Rule, VerdictFact


def judge_untested(case: Case) -> Finding:
    """Say so, and show what comes near."""
    return Finding(Outcome.UNTESTED, find_near(case), rests_on=Basis.NONE)


def say_untested(verdict: VerdictFact) -> str:
    """That no test is on record; what comes near, and why it does not decide."""
    if not verdict.evidence:
        return "No test of this claim is on record yet."
    near = "; ".join(say_near(verdict.claim, result) for result in verdict.evidence)
    return f"Nothing on record decides this claim. What comes nearest: {near}."


RULE = Rule(
    name="untested",
    version=2,
    order=1000,
    plain="Without evidence that decides, the verdict is “untested”. Results that come near are "
    "shown, and for each the reason why it does not decide: another number format, another "
    "leaderboard, another unit, a limit that is stated and not shown, the vendor's own word.",
    would_change="Any result that a rule can use: a test here on the released weights, or one "
    "that others report with its source.",
    judge=judge_untested,
    say=say_untested,
)
