"""What nobody outside can know."""

import pytest

from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.remainder.unknowable import RULE
from tests.rules.examples import TOY, Example, check, claim, judge

EXAMPLES = {
    "training tokens": Example(
        Case(claim("training_tokens", 30e12), TOY), Outcome.NOT_TESTABLE,
        "Neither the weights nor any public document can settle this; only whoever made the claim "
        "knows.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_unknowable(name):
    check(RULE, EXAMPLES[name])


def test_what_can_be_known_is_untested_at_most():
    assert judge(Case(claim(), TOY)).rule == "untested/1"
