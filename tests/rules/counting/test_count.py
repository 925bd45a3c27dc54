"""Claimed counts beside those on record."""

from dataclasses import replace

import pytest

from kb.domain.claim_types import Operator
from kb.domain.drafts import Availability, Conditions
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.counting.count import RULE
from tests.rules.examples import HIDDEN, TOY, Example, check, claim, evidence, judge, outcome


def count(value, counted, text="as said", operator=None, kind="params_total", **more):
    said = claim(kind, value, "parameters", text, operator=operator)
    return Case(said, TOY, evidence=(evidence(kind, counted, **more),))


def tokens(counted, basis, **more):
    said = claim("training_tokens", 2e12, "tokens", "2 trillion tokens")
    steps = Conditions(note="64 GPUs for 2,000,000 steps.")
    result = evidence(
        "training_tokens", counted, basis=basis, unit="tokens", conditions=steps, **more
    )
    return Case(said, TOY, evidence=(result,))


WAYS = (
    "the claim does not say how it counts, and with another way of counting (with or without "
    "embeddings, image or prediction modules) it may hold"
)
ACTIVE = {"kind": "params_active", "low": 5.13e9, "high": 5.71e9}
EXAMPLES = {
    "agrees": Example(
        count(135e6, 134_515_008.0, basis=Basis.READ_FROM_RELEASE, unit="parameters"),
        Outcome.SUPPORTED,
        "The count agrees with the claimed 135,000,000: 134,515,008 parameters (read from the "
        "release).",
    ),
    "differs": Example(
        count(109e9, 105e9, "109B"), Outcome.REFUTED,
        "The count differs from the claimed 109 billion: 105 billion parameters (measured here).",
    ),
    "a rounded figure of an unstated way of counting": Example(
        count(355e9, 352.8e9, "355B", basis=Basis.COMPUTED), Outcome.INCONCLUSIVE,
        f"Too close to call: 352.8 billion parameters (by our arithmetic), 0.6% fewer than the "
        f"claimed 355 billion; {WAYS}.",
    ),
    "more by every way that was counted": Example(
        count(12e9, 13.4e9, "12B", kind="params_active", low=12.8e9, basis=Basis.COMPUTED),
        Outcome.INCONCLUSIVE,
        "Too close to call: 12.8 billion to 13.4 billion parameters, without and with the "
        f"embedding table (by our arithmetic), 6.7% more than the claimed 12 billion; {WAYS}.",
    ),
    "by the published training configuration": Example(
        tokens(2.097152e12, Basis.COMPUTED), Outcome.SUPPORTED,
        "The count agrees with the claimed 2 trillion: 2.09715 trillion tokens (by our "
        "arithmetic). 64 GPUs for 2,000,000 steps. That the training followed it, nobody outside "
        "can check.",
    ),
    "another training configuration": Example(
        replace(
            tokens(1.1e12, Basis.COMPUTED),
            evidence=(evidence("training_tokens", 1.1e12, basis=Basis.COMPUTED, unit="tokens"),),
        ),
        Outcome.REFUTED,
        "The count differs from the claimed 2 trillion: 1.1 trillion tokens (by our arithmetic). "
        "That the training followed it, nobody outside can check.",
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
        ("109B", 109e9, 108.4e9, Outcome.INCONCLUSIVE),
        ("109B", 109e9, 106e9, Outcome.REFUTED),
        ("106B", 106e9, 106.85e9, Outcome.INCONCLUSIVE),
        ("400 billion", 400e9, 401.6e9, Outcome.SUPPORTED),
        ("400 billion", 400e9, 410e9, Outcome.REFUTED),
        ("46.7B", 46.7e9, 46.74e9, Outcome.SUPPORTED),
        ("46.7B", 46.7e9, 46.8e9, Outcome.INCONCLUSIVE),
    ],
)
def test_counts_are_as_exact_as_their_words(text, claimed, counted, expected):
    assert outcome(count(claimed, counted, text)) is expected


@pytest.mark.parametrize(
    ("words", "value", "expected"),
    [("5.1B", 5.1e9, Outcome.SUPPORTED), ("3B", 3e9, Outcome.REFUTED)],
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


@pytest.mark.parametrize(
    "more",
    [
        {"basis": Basis.STATED_BY_VENDOR},
        {"basis": Basis.REPORTED_BY_OTHERS, "kind": EvidenceKind.DECLARED},
    ],
)
def test_a_figure_that_is_only_stated_is_no_count(more):
    stated = evidence("params_total", 135e6, **more)
    case = Case(claim("params_total", 135e6, "parameters"), TOY, evidence=(stated,))
    assert outcome(case) is Outcome.UNTESTED


def test_our_own_count_comes_before_a_figure_that_somebody_reports():
    told = evidence("params_total", 402e9, basis=Basis.REPORTED_BY_OTHERS, id="mea_told")
    ours = evidence("params_total", 401.58e9, basis=Basis.COMPUTED)
    case = Case(claim("params_total", 400e9, "parameters", "400B"), TOY, evidence=(told, ours))
    assert judge(case).evidence == (ours,)


def test_tokens_that_somebody_reports_are_no_arithmetic():
    assert outcome(tokens(2.1e12, Basis.REPORTED_BY_OTHERS)) is Outcome.NOT_TESTABLE


@pytest.mark.parametrize("name", FURTHER_CASES)
def test_what_is_no_count_is_left_to_other_rules(name):
    assert judge(FURTHER_CASES[name]).rule == "untested/2"
