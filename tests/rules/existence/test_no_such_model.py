"""Models that never were."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Availability
from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.existence.no_such_model import RULE
from tests.rules.examples import TOY, Example, check, claim, judge

NOWHERE = replace(TOY, availability=Availability.NO_SUCH_MODEL)
EXAMPLES = {
    "no such model": Example(
        Case(claim(), NOWHERE), Outcome.NOT_TESTABLE,
        "There is no model called Toy, so there is nothing to test.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_such_model(name):
    check(RULE, EXAMPLES[name])


def test_a_model_that_is_there_is_left_to_other_rules():
    assert judge(Case(claim(), TOY)).rule != RULE.label
