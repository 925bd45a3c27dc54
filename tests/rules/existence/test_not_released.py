"""Models whose weights nobody can have."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Availability
from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.existence.not_released import RULE
from tests.rules.examples import HIDDEN, TOY, Example, check, claim, judge

ANNOUNCED = replace(TOY, availability=Availability.ANNOUNCED)
EXAMPLES = {
    "announced": Example(
        Case(claim("params_total", 2e12, "parameters"), ANNOUNCED), Outcome.NOT_TESTABLE,
        "The weights of Toy have not been released, so nobody but its vendor can test this.",
    ),
    "never released": Example(
        Case(claim(), HIDDEN), Outcome.NOT_TESTABLE,
        "The weights of Toy X have not been released, so nobody but its vendor can test this.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_not_released(name):
    check(RULE, EXAMPLES[name])


def test_what_needs_no_weights_is_left_to_other_rules():
    assert judge(Case(claim("availability", None, None), ANNOUNCED)).rule != RULE.label
