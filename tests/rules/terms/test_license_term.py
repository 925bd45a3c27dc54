"""What a licence says, in which clause."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case
from kb.rules.terms.license_term import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, judge, outcome


def clause(value=7e8, document="Toy License", note=None, **more):
    return evidence(
        "license_term.user_limit", value, **more, basis=Basis.READ_FROM_RELEASE,
        conditions=Conditions(clause="section 2", document=document, note=note),
    )  # fmt: skip


def read(metric, document):
    return evidence(metric, text=document, conditions=Conditions(document=document))


def term(text, *found):
    said = claim("license_term", None, None, text, metric="user_limit")
    return Case(said, TOY, evidence=found)


LICENCE, POLICY = read("license_text", "Toy License"), read("use_policy_text", "Use Policy")
EXAMPLES = {
    "it says so": Example(
        term("free under 700 million users", clause()), Outcome.SUPPORTED,
        "Section 2 of the Toy License says so.",
    ),
    "with a note": Example(
        term("a limit", clause(note="counted once")), Outcome.SUPPORTED,
        "Section 2 of the Toy License says so. Counted once.",
    ),
    "only a policy says so": Example(
        term("a limit", clause(document="Use Policy", note="Counted once."), LICENCE, POLICY),
        Outcome.SUPPORTED,
        "Section 2 of the Use Policy says so. It is in the use policy, not in the licence itself "
        "(Toy License).",
    ),
    "a figure of something": Example(
        term("a limit", clause(unit="monthly active users", note="counted once")),
        Outcome.SUPPORTED,
        "Section 2 of the Toy License names 700,000,000 monthly active users. Counted once.",
    ),
    "in words": Example(
        term("a limit", clause(None, text="no rights for companies in the EU")), Outcome.SUPPORTED,
        "Section 2 of the Toy License says, in short: no rights for companies in the EU.",
    ),
    "another figure": Example(
        term("free under 1 billion users", clause()), Outcome.REFUTED,
        "Section 2 of the Toy License gives another figure: 700,000,000.",
    ),
}  # fmt: skip


FURTHER_CASES = {"no clause": term("a limit")}


@pytest.mark.parametrize("name", EXAMPLES)
def test_term(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("free under 700 million users", Outcome.SUPPORTED),
        ("free under 1 billion users", Outcome.REFUTED),
    ],
)
def test_a_term_must_name_the_clauses_figure(text, expected):
    assert outcome(term(text, clause())) is expected


def test_a_policy_is_not_told_apart_where_the_licence_says_so_too():
    both = term("a limit", clause(document="Use Policy"), clause(), LICENCE, POLICY)
    assert judge(both).facts == {}


def test_without_a_clause_or_a_named_term_nothing_is_said():
    assert outcome(FURTHER_CASES["no clause"]) is Outcome.UNTESTED
    unnamed = term("a limit", clause())
    assert outcome(replace(unnamed, claim=replace(unnamed.claim, metric=None))) is Outcome.UNTESTED
