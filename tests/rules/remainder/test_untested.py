"""The rule of last resort."""

import pytest

from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.remainder.untested import RULE
from tests.rules.examples import TOY, Example, check, claim

EXAMPLES = {
    "nothing on record": Example(
        Case(claim(), TOY), Outcome.UNTESTED, "No test of this claim is on record yet."
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_untested(name):
    check(RULE, EXAMPLES[name])
