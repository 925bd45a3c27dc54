"""Judge a case: the first rule that has something to say decides."""

from kb.rules.case import Case
from kb.rules.discovery import find_rules
from kb.rules.rule import Finding, Rule


def judge_case(case: Case) -> tuple[Rule, Finding]:
    """Return the first rule that has something to say, and what it says."""
    for rule in find_rules():
        finding = rule.judge(case)
        if finding is not None:
            return rule, finding
    raise AssertionError("the last rule always has something to say")
