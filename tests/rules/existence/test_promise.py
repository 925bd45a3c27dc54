"""Promises: kept, late, still to come, or without a day."""

from dataclasses import replace
from datetime import date

import pytest

from kb.domain.drafts import Availability, Conditions
from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.existence.promise import RULE
from tests.rules.examples import RELEASED_TOY, TOY, Example, check, claim, judge

COMING = replace(TOY, availability=Availability.ANNOUNCED)


def promise(due=None, subject=COMING, today=date(2025, 7, 1)):
    said = Conditions(promised=True, promised_for=due)
    return Case(claim("availability", None, None, conditions=said), subject, today=today)


DUE = date(2025, 6, 1)
EXAMPLES = {
    "kept": Example(
        promise(subject=RELEASED_TOY), Outcome.SUPPORTED, "Kept: Toy was released as toys/Toy."
    ),
    "without a date": Example(
        promise(), Outcome.PENDING,
        "Said to come, without a date; nothing on record shows it yet.",
    ),
    "late": Example(
        promise(DUE), Outcome.PENDING,
        "Late: promised for 1 June 2025, and nothing on record shows it.",
    ),
    "still to come": Example(
        promise(DUE, today=date(2025, 5, 1)), Outcome.PENDING, "Promised for 1 June 2025."
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_promise(name):
    check(RULE, EXAMPLES[name])


def test_a_promise_past_its_day_is_another_verdict_than_before():
    early, late = EXAMPLES["still to come"].case, EXAMPLES["late"].case
    assert judge(early).facts != judge(late).facts


def test_a_statement_is_no_promise():
    assert judge(Case(claim("availability", None, None), COMING)).rule != RULE.label
