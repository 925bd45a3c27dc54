"""Claimed counts beside those on record."""

from dataclasses import replace

import pytest

from kb.domain.claim_types import Operator
from kb.domain.drafts import Availability
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case
from kb.rules.counting.count import RULE
from tests.rules.examples import HIDDEN, TOY, Example, check, claim, evidence, judge, outcome


def count(value, counted, text="as said", operator=None, kind="params_total", **more):
    said = claim(kind, value, "parameters", text, operator=operator)
    return Case(said, TOY, evidence=(evidence(kind, counted, **more),))


ACTIVE = {"kind": "params_active", "low": 5.13e9, "high": 5.71e9}
EXAMPLES = {
    "agrees": Example(
        count(135e6, 134_515_008.0, basis=Basis.READ_FROM_RELEASE, unit="parameters"),
        Outcome.SUPPORTED,
        "The count agrees with the claimed 135,000,000: 134,515,008 parameters (read from the "
        "release).",
    ),
    "differs": Example(
        count(109e9, 108.4e9, "109B"), Outcome.REFUTED,
        "The count differs from the claimed 109 billion: 108.4 billion parameters (measured here).",
    ),
    "with the embedding or without": Example(
        count(5.1e9, 5.71e9, "5.1B", **ACTIVE), Outcome.SUPPORTED,
        "The count agrees with the claimed 5.1 billion: 5.13 billion to 5.71 billion parameters, "
        "without and with the embedding table (measured here).",
    ),
    "more than": Example(
        count(100e6, 134_515_008.0, "more than 100M", Operator.MORE_THAN), Outcome.SUPPORTED,
        "The count agrees with the claimed 100,000,000: 134,515,008 parameters (measured here).",
    ),
    "under": Example(
        count(1e9, 134_515_008.0, "under 1B", Operator.LESS_THAN), Outcome.SUPPORTED,
        "The count agrees with the claimed 1 billion: 134,515,008 parameters (measured here).",
    ),
}  # fmt: skip


FURTHER_CASES = {"a count without a figure": count(135e6, None)}


@pytest.mark.parametrize("name", EXAMPLES)
def test_count(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize(
    ("counted", "expected"), [(134_515_008, Outcome.SUPPORTED), (120e6, Outcome.REFUTED)]
)
def test_counts_allow_for_round_figures(counted, expected):
    assert outcome(count(135e6, counted)) is expected


@pytest.mark.parametrize(
    ("operator", "value", "text", "expected"),
    [
        (">", 100e6, "more than 100M", Outcome.SUPPORTED),
        ("<", 1e9, "under 1B", Outcome.SUPPORTED),
        (">", 200e6, "more than 200M", Outcome.REFUTED),
        ("=", 0.13e9, "0.13B", Outcome.SUPPORTED),
        ("=", 140e6, "140M", Outcome.REFUTED),
    ],
)
def test_counts_heed_the_words(operator, value, text, expected):
    assert outcome(count(value, 134_515_008, text, Operator(operator))) is expected


@pytest.mark.parametrize(
    ("text", "claimed", "counted", "expected"),
    [
        ("109B", 109e9, 108.64e9, Outcome.SUPPORTED),
        ("109B", 109e9, 108.4e9, Outcome.REFUTED),
        ("400 billion", 400e9, 401.6e9, Outcome.SUPPORTED),
        ("400 billion", 400e9, 410e9, Outcome.REFUTED),
        ("46.7B", 46.7e9, 46.74e9, Outcome.SUPPORTED),
        ("46.7B", 46.7e9, 46.8e9, Outcome.REFUTED),
    ],
)
def test_counts_are_as_exact_as_their_words(text, claimed, counted, expected):
    assert outcome(count(claimed, counted, text)) is expected


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [("5.1B", 5.1e9, Outcome.SUPPORTED), ("4B", 4e9, Outcome.REFUTED)],
)
def test_active_counts_hold_by_either_way_of_counting(words, value, expected):
    assert outcome(count(value, 5.71e9, words, **ACTIVE)) is expected


def test_a_variants_figures_say_nothing_about_its_sibling():
    other = replace(HIDDEN, availability=Availability.RELEASED)
    counted = evidence("params_total", 135e6, model=other)
    case = Case(claim("params_total", 135e6, "parameters"), TOY, (other,), (counted,))
    assert outcome(case) is Outcome.UNTESTED


def test_a_count_read_from_the_release_outranks_others():
    read = evidence("experts", 128.0, basis=Basis.READ_FROM_RELEASE)
    told = evidence("experts", 64.0, basis=Basis.REPORTED_BY_OTHERS, id="mea_told")
    case = Case(claim("experts", 128.0, "experts"), TOY, evidence=(told, read))
    assert judge(case).evidence == (read,)


@pytest.mark.parametrize("name", FURTHER_CASES)
def test_what_is_no_count_is_left_to_other_rules(name):
    assert judge(FURTHER_CASES[name]).rule == "untested/1"
