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


MODIFIED = evidence(
    "license_text", text="LicenseRef-Modified-MIT",
    conditions=Conditions(document="Modified MIT License"),
)  # fmt: skip
USERS, NAMING = (
    evidence(
        f"license_term.{name}", value, unit=unit,
        conditions=Conditions(document="Modified MIT License"),
    )
    for name, value, unit in (
        ("user_limit", 1e8, "monthly active users"), ("naming", None, None),
    )
)  # fmt: skip


def named(text, *found):
    return Case(claim("license", None, None, text), TOY, evidence=found or (APACHE,))


EXAMPLES = {
    "the one that is named": Example(
        named("apache-2.0"), Outcome.SUPPORTED,
        "The licence text with the model is the Apache License 2.0, word for word (read from the "
        "release).",
    ),
    "by the words of its name": Example(
        named("toy4 license", TOYS), Outcome.SUPPORTED,
        "The licence text with the model is the Toy 4 Community License (read from the release).",
    ),
    "another one": Example(
        named("mit"), Outcome.REFUTED,
        "The licence named is mit; the text with the model is the Apache License 2.0.",
    ),
    "a modified one": Example(
        named("MIT", MODIFIED, USERS, NAMING), Outcome.REFUTED,
        "The licence named is MIT; the text with the model is the Modified MIT License. It adds a "
        "term on user limit of 100,000,000 monthly active users and a term on naming.",
    ),
    "no text on record": Example(
        Case(claim("license", None, None, "MIT"), TOY), Outcome.UNTESTED,
        "No licence text of Toy is on record to hold “MIT” against.",
    ),
    "a name of its own": Example(
        named("Toy Community License"), Outcome.UNTESTED,
        "The licence text with the model is the Apache License 2.0; whether “Toy Community "
        "License” means this text is not on record.",
    ),
}  # fmt: skip


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
