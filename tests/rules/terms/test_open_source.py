"""'Open source', by the Open Source Definition."""

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case
from kb.rules.terms.open_source import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, outcome

FIVE, SIX = "Open Source Definition 5 (persons)", "Open Source Definition 6 (fields)"


def clause(number, place, criterion=FIVE, document="Toy License"):
    return evidence(
        "license_term.user_limit", 7e8, basis=Basis.READ_FROM_RELEASE, id=f"mea_{number}",
        conditions=Conditions(rule=criterion, clause=place, document=document),
    )  # fmt: skip


def said(text, *found):
    return Case(claim("license", None, None, text), TOY, evidence=found)


APPROVED = evidence("license_osi_approved", 1, conditions=Conditions(document="MIT License"))
EXAMPLES = {
    "clauses that break two criteria": Example(
        said(
            "open source", clause(1, "section 2", SIX), clause(2, "section 10"),
            clause(3, "section 9"), clause(4, "section 1", document="Use Policy"),
            clause(5, "section 11"),
        ),
        Outcome.REFUTED,
        "Not open source by the definition of the Open Source Initiative: "
        "section 9 of the Toy License, section 10 of the Toy License, section 11 "
        "of the Toy License and 1 more clause do not meet criterion 5 of the Open Source "
        "Definition (persons); section 2 of the Toy License does not meet criterion 6 of the Open "
        "Source Definition (fields).",
    ),
    "a clause without a number": Example(
        said("fully open-source", clause(1, None, document=None)), Outcome.REFUTED,
        "Not open source by the definition of the Open Source Initiative: "
        "a clause of the licence does not meet criterion 5 of the Open Source "
        "Definition (persons).",
    ),
    "approved": Example(
        said("is open source", APPROVED), Outcome.SUPPORTED,
        "Open source: the licence text is the MIT License, word for word, which the Open Source "
        "Initiative approved.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_open_source(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open-source", Outcome.REFUTED),
        ("It is not open source", Outcome.UNTESTED),
        ("apache-2.0", Outcome.UNTESTED),
    ],
)
def test_open_source_must_be_what_is_claimed(text, expected):
    assert outcome(said(text, clause(1, "section 2"))) is expected


def test_a_text_that_the_osi_approved_is_open_source():
    assert outcome(said("open source", APPROVED)) is Outcome.SUPPORTED


def test_without_a_text_nothing_is_said():
    assert outcome(said("open source")) is Outcome.UNTESTED
