"""Verdict rules: pure, versioned, tried in order; the first that has something to say decides."""

from kb.rules import (
    availability,
    battles,
    context,
    counts,
    existence,
    hardware,
    identity,
    joint,
    licences,
    remainder,
)
from kb.rules.case import Case, ClaimFact, Evidence, Finding, ReleaseFact, Rule, Subject

RULES: tuple[Rule, ...] = (
    existence.PROMISE,
    existence.NO_SUCH_MODEL,
    existence.NOT_RELEASED,
    identity.RATING,
    battles.BATTLES,
    identity.VARIANT,
    identity.BOARD_COMPARISON,
    context.CONTEXT,
    counts.COUNT,
    licences.OPEN_SOURCE,
    licences.TERM,
    licences.TEXT,
    hardware.HARDWARE,
    joint.JOINT,
    availability.AVAILABILITY,
    counts.SCORE,
    remainder.ANECDOTE,
    remainder.UNKNOWABLE,
    remainder.UNTESTED,
)


def judge_case(case: Case) -> tuple[Rule, Finding]:
    """Return the first rule that has something to say, and what it says."""
    for rule in RULES:
        finding = rule.judge(case)
        if finding is not None:
            return rule, finding
    raise AssertionError("the last rule always has something to say")


__all__ = [
    "RULES",
    "Case",
    "ClaimFact",
    "Evidence",
    "Finding",
    "ReleaseFact",
    "Rule",
    "Subject",
    "judge_case",
]
