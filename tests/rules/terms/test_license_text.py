"""Which licence it is."""

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.terms.license_text import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, outcome

APACHE = evidence(
    "license_text", text="Apache-2.0", conditions=Conditions(document="Apache License 2.0")
)
TOYS = evidence("license_text", conditions=Conditions(document="Toy 4 Community License"))


def named(text, *found):
    return Case(claim("license", None, None, text), TOY, evidence=found or (APACHE,))


EXAMPLES = {
    "the one that is named": Example(
        named("apache-2.0"), Outcome.SUPPORTED,
        "The licence text read with the model is the Apache License 2.0.",
    ),
    "by the words of its name": Example(
        named("toy4 license", TOYS), Outcome.SUPPORTED,
        "The licence text read with the model is the Toy 4 Community License.",
    ),
    "another one": Example(
        named("mit"), Outcome.REFUTED,
        "The licence named is mit; the text with the model is the Apache License 2.0.",
    ),
}  # fmt: skip


FURTHER_CASES = {"a name of its own": named("Toy Community License")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_licence_text(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("apache-2.0", Outcome.SUPPORTED),
        ("Apache-2.0 OR MIT", Outcome.SUPPORTED),
        ("mit", Outcome.REFUTED),
        ("GPL-3.0-only", Outcome.REFUTED),
        ("Toy Community License", Outcome.UNTESTED),
    ],
)
def test_a_licence_that_is_named_must_be_the_text_that_lies_there(text, expected):
    assert outcome(named(text)) is expected
