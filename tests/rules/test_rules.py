"""Verdict rules, on the project's own records and on made-up cases."""

from dataclasses import replace
from datetime import date

import pytest

from kb.cli.base import run_judge, run_load
from kb.domain.claim_types import Operator
from kb.domain.drafts import Availability, Conditions
from kb.domain.outcomes import Basis, Outcome
from kb.rules import RULES, Case, ClaimFact, Evidence, Subject, judge_case
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session

TOY = Subject("toys/toy", "Toy", "Toys", Availability.RELEASED)
HIDDEN = Subject("toys/toy-x", "Toy X", "Toys", Availability.NEVER_RELEASED, "toys/toy")


@pytest.fixture
def views(settings, records):
    run_load(settings, records)
    run_judge(settings)
    with open_session(settings.url) as session:
        return {view["seed"]: view for view in read_claim_views(session) if view["seed"]}


EXPECTED = {
    "S01": "overstated", "S09": "wrong_artefact", "S13": "wrong_artefact", "S16": "refuted",
    "S17": "not_testable", "S18": "not_testable", "S19": "pending", "S20": "refuted",
    "S21": "supported", "S22": "supported", "S27": "refuted", "S28": "not_testable",
    "S38": "supported", "S03": "supported", "S04": "supported", "S10": "supported",
    "S11": "supported",
}  # fmt: skip


def test_founding_claims_are_all_there_and_judged(views):
    assert sorted(views) == [f"S{number:02}" for number in range(1, 39)]
    assert {seed: views[seed]["outcome"] for seed in EXPECTED} == EXPECTED


def test_explanations_say_what_matters(views):
    assert "only with on-the-fly int4" in views["S02"]["explanation"]
    assert "Use Policy" in views["S22"]["explanation"]
    assert "not in the licence" in views["S22"]["explanation"]
    assert "never released" in views["S09"]["explanation"]
    assert "1,273 [1,261, 1,283] at rank 35" in views["S09"]["explanation"]
    assert "Open Source Definition 5" in views["S20"]["explanation"]


def test_every_verdict_has_a_known_rule_and_a_sentence(views):
    labels = {rule.label for rule in RULES}
    for view in views.values():
        assert view["rule"] in labels
        assert view["explanation"].endswith((".", "!", "?"))
        assert view["sightings"], view["seed"]


def claim(kind="context_length", value=8192.0, unit="tokens", **more):
    return ClaimFact(
        "clm_1", kind, "as said", "Toys", claimed_value=value, claimed_high=value, unit=unit, **more
    )


def evidence(metric, value=None, low=None, high=None, basis=Basis.MEASURED_HERE, **more):
    model = more.pop("model", TOY)
    return Evidence(f"mea_{metric}", model, basis, metric, value, low, high, **more)


def outcome(case):
    return judge_case(case)[1].outcome


@pytest.mark.parametrize(
    ("low", "high", "accepted", "expected"),
    [
        (8192, 8192, 8192, Outcome.SUPPORTED),
        (2048, 8192, 8192, Outcome.INCONCLUSIVE),
        (1024, 4096, 8192, Outcome.OVERSTATED),
        (2048, 8192, 4096, Outcome.INCONCLUSIVE),
    ],
)
def test_context_needs_both_lengths(low, high, accepted, expected):
    case = Case(
        claim(),
        TOY,
        evidence=(
            evidence("effective_context", high, low, high, unit="tokens", claim_id="clm_1"),
            evidence("accepted_context", accepted, unit="tokens", claim_id="clm_1"),
        ),
    )
    assert outcome(case) is expected


def test_declaring_a_window_is_no_test_of_it():
    declared = evidence("declared_context", 8192, basis=Basis.READ_FROM_RELEASE)
    assert outcome(Case(claim(), TOY, evidence=(declared,))) is Outcome.UNTESTED


@pytest.mark.parametrize(
    ("counted", "expected"), [(134_515_008, Outcome.SUPPORTED), (120e6, Outcome.REFUTED)]
)
def test_counts_allow_for_round_figures(counted, expected):
    case = Case(
        claim("params_total", 135e6, "parameters"),
        TOY,
        evidence=(evidence("params_total", counted),),
    )
    assert outcome(case) is expected


def test_a_rating_needs_the_right_board_and_model():
    rated = evidence("elo", 1417, 1405, 1430, model=HIDDEN, conditions=Conditions(board="A"))
    released = evidence("elo", 1273, 1261, 1283, conditions=Conditions(board="A"))
    case = Case(
        claim("elo", 1417.0, "elo", conditions=Conditions(board="A")),
        TOY,
        (HIDDEN,),
        (rated, released),
    )
    assert outcome(case) is Outcome.WRONG_ARTEFACT
    other_board = replace(case, claim=replace(case.claim, conditions=Conditions(board="B")))
    assert outcome(other_board) is Outcome.UNTESTED
    for value, expected in (
        (1250.0, Outcome.SUPPORTED),
        (1270.0, Outcome.INCONCLUSIVE),
        (1300.0, Outcome.OVERSTATED),
    ):
        asked = replace(case, claim=replace(case.claim, claimed_value=value, claimed_high=value))
        assert outcome(asked) is expected


def test_a_promise_past_its_day_is_late():
    promise = Conditions(promised=True, promised_for=date(2025, 6, 1))
    fact = ClaimFact("clm_2", "availability", "to come", "Toys", conditions=promise)
    coming = replace(TOY, availability=Availability.ANNOUNCED)
    late = judge_case(Case(fact, coming, today=date(2025, 7, 1)))[1]
    assert late.outcome is Outcome.PENDING
    assert late.explanation.startswith("Late")
    early = judge_case(Case(fact, coming, today=date(2025, 5, 1)))[1]
    assert not early.explanation.startswith("Late")


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (70, 75, Outcome.INCONCLUSIVE),
        (60, 65, Outcome.OVERSTATED),
        (80, 85, Outcome.SUPPORTED),
        (None, None, Outcome.INCONCLUSIVE),
    ],
)
def test_scores_are_compared_by_interval(low, high, expected):
    middle = 72 if low is None else (low + high) / 2
    case = Case(
        claim("benchmark_score", 73.0, "percent", metric="mmlu"),
        TOY,
        evidence=(evidence("mmlu", middle, low, high, Basis.REPORTED_BY_OTHERS, unit="percent"),),
    )
    assert outcome(case) is expected


def test_a_score_at_another_precision_does_not_count():
    fp4 = evidence("mmlu", 50, 49, 51, conditions=Conditions(precision="fp4"))
    case = Case(claim("benchmark_score", 73.0, "percent", metric="mmlu"), TOY, evidence=(fp4,))
    assert outcome(case) is Outcome.UNTESTED


def test_a_variants_figures_say_nothing_about_its_sibling():
    other = replace(HIDDEN, availability=Availability.RELEASED)
    counted = evidence("params_total", 135e6, model=other)
    case = Case(claim("params_total", 135e6, "parameters"), TOY, (other,), (counted,))
    assert outcome(case) is Outcome.UNTESTED


def test_a_ladder_climbed_for_another_claim_does_not_bound_this_one():
    other = evidence("effective_context", 2048, 1024, 8192, unit="tokens", claim_id="clm_other")
    assert outcome(Case(claim(value=131072.0), TOY, evidence=(other,))) is Outcome.UNTESTED


def test_of_two_ladders_for_one_claim_the_larger_counts():
    """Their bounds are not put together: each has an error rate of its own."""
    quick = evidence("effective_context", 8192, 1024, 1500, claim_id="clm_1", n=40)
    full = replace(quick, id="mea_full", value=1500, low=1000, high=8192, n=600)
    case = Case(claim(), TOY, evidence=(quick, full))
    assert outcome(case) is Outcome.INCONCLUSIVE


def by_rule(kind, low, high):
    rule = Conditions(rule=f"{kind}: of ladder_tasks/1")
    return replace(
        evidence("effective_context", low, low, high, claim_id="clm_1", conditions=rule),
        id=f"mea_{kind}",
    )


@pytest.mark.parametrize(
    ("absolute", "relative", "expected"),
    [
        ((8192, 8192), (8192, 8192), Outcome.SUPPORTED),
        ((4096, 4096), (8192, 8192), Outcome.OVERSTATED),
        ((8192, 8192), (1024, 2048), Outcome.OVERSTATED),
        ((0, 8192), (8192, 8192), Outcome.INCONCLUSIVE),
        # not up to the tasks on the shortest texts already: its own score decides
        ((0, 0), (8192, 8192), Outcome.SUPPORTED),
        ((0, 0), (512, 8192), Outcome.INCONCLUSIVE),
        ((0, 0), (512, 512), Outcome.OVERSTATED),
    ],
)
def test_two_rules_about_what_is_used(absolute, relative, expected):
    accepted = evidence("accepted_context", 8192, unit="tokens", claim_id="clm_1")
    cost = evidence("ladder_cost", 0.03, unit="proportion", claim_id="clm_1")
    rules = by_rule("absolute", *absolute), by_rule("relative", *relative)
    _, finding = judge_case(Case(claim(), TOY, evidence=(*rules, accepted, cost)))
    assert finding.outcome is expected
    assert {each.id for each in finding.evidence} >= {"mea_absolute", "mea_relative"}
    assert "own score on the shortest texts" in finding.explanation
    assert "It took 3% of the tokens" in finding.explanation
    if absolute == (0, 0):
        assert finding.evidence[0].id == "mea_relative"


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
    fact = replace(
        claim("params_total", value, "parameters"), claimed_text=text, operator=Operator(operator)
    )
    counted = evidence("params_total", 134_515_008)
    assert outcome(Case(fact, TOY, evidence=(counted,))) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("open-source", Outcome.REFUTED),
        ("It is not open source", Outcome.UNTESTED),
        ("apache-2.0", Outcome.UNTESTED),
    ],
)
def test_open_source_must_be_what_is_claimed(text, expected):
    clause = evidence(
        "license_term.user_limit", 7e8, conditions=Conditions(rule="Open Source Definition 5")
    )
    assert (
        outcome(Case(ClaimFact("c", "license", text, "Toys"), TOY, evidence=(clause,))) is expected
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("free under 700 million users", Outcome.SUPPORTED),
        ("free under 1 billion users", Outcome.REFUTED),
    ],
)
def test_a_term_must_name_the_clauses_figure(text, expected):
    clause = evidence("license_term.user_limit", 7e8)
    fact = ClaimFact("c", "license_term", text, "Toys", metric="user_limit")
    assert outcome(Case(fact, TOY, evidence=(clause,))) is expected


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
    held = evidence(
        "license_text",
        None,
        text="Apache-2.0",
        conditions=Conditions(document="Apache License 2.0"),
    )
    assert outcome(Case(ClaimFact("c", "license", text, "Toys"), TOY, evidence=(held,))) is expected


def test_a_text_that_the_osi_approved_is_open_source():
    approved = evidence("license_osi_approved", 1, conditions=Conditions(document="MIT License"))
    case = Case(ClaimFact("c", "license", "open source", "Toys"), TOY, evidence=(approved,))
    assert outcome(case) is Outcome.SUPPORTED


def test_scout_on_one_h100_says_each_precision_and_length(views):
    words = views["S02"]["explanation"]
    assert "bf16 no; fp8 no; int4 yes, about" in words
    assert views["S02"]["outcome"] == "supported"


def test_the_joint_claim_names_the_pairs_that_exclude_each_other(settings, records):
    run_load(settings, records)
    run_judge(settings)
    with open_session(settings.url) as session:
        (view,) = [v for v in read_claim_views(session) if v["rule"].startswith("joint/")]
    assert view["outcome"] == "refuted"
    assert (
        "one NVIDIA H100 and bf16 weights exclude each other (it takes int4)"
        in (view["explanation"])
    )
    assert "one NVIDIA H100 and 10,000,000 tokens exclude each other" in view["explanation"]


def prediction(precision, low, value, high, hardware="one NVIDIA H100"):
    about = Conditions(hardware=hardware, precision=precision)
    return Evidence(
        f"mea_{precision}", TOY, Basis.READ_FROM_RELEASE, "longest_context", value, low, high,
        unit="tokens", conditions=about,
    )  # fmt: skip


def fit(**conditions):
    return replace(
        claim("hardware_fit", None, None),
        conditions=Conditions(hardware="a single H100", **conditions),
    )


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, Outcome.SUPPORTED),
        ({"precision": "bf16"}, Outcome.REFUTED),
        ({"precision": "int4"}, Outcome.SUPPORTED),
        ({"precision": "int4", "context_tokens": 500}, Outcome.SUPPORTED),
        ({"precision": "int4", "context_tokens": 5000}, Outcome.INCONCLUSIVE),
        ({"precision": "int4", "context_tokens": 50_000}, Outcome.REFUTED),
        ({"precision": "int8"}, Outcome.UNTESTED),
    ],
)
def test_what_nobody_tried_is_computed(conditions, expected):
    computed = (prediction("bf16", 0, 0, 0), prediction("int4", 1000, 8000, 9000))
    assert outcome(Case(fit(**conditions), TOY, evidence=computed)) is expected


def test_what_was_seen_comes_before_what_was_computed():
    seen = replace(
        evidence("hardware_fit", None), text="fits", unit=None,
        conditions=Conditions(hardware="a single H100", precision="bf16"),
    )  # fmt: skip
    case = Case(fit(), TOY, evidence=(seen, prediction("bf16", 0, 0, 0)))
    assert outcome(case) is Outcome.SUPPORTED


@pytest.mark.parametrize(
    ("said", "expected", "words"),
    [
        ({"precision": "int4", "context_tokens": 900}, Outcome.SUPPORTED, "satisfies all"),
        ({"precision": "int4", "context_tokens": 2000}, Outcome.INCONCLUSIVE, "not decide"),
        ({"precision": "bf16", "context_tokens": 900}, Outcome.REFUTED, "bf16 weights exclude"),
        ({"precision": "fp8", "context_tokens": 900}, Outcome.REFUTED, "fp8 weights and 900"),
        ({"context_tokens": 10_000_000}, Outcome.REFUTED, "10,000,000 tokens exclude"),
    ],
)
def test_joint_claims_name_what_excludes_itself(said, expected, words):
    computed = (
        prediction("bf16", 0, 0, 0),
        prediction("fp8", 0, 100, 500),
        prediction("int4", 1000, 8000, 9000),
    )
    together = replace(
        claim("joint", None, None), conditions=Conditions(hardware="one H100", **said)
    )
    rule, finding = judge_case(Case(together, TOY, evidence=computed))
    assert (rule.name, finding.outcome) == ("joint", expected)
    assert words in finding.explanation


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
    fact = replace(claim("params_total", claimed, "parameters"), claimed_text=text)
    assert outcome(Case(fact, TOY, evidence=(evidence("params_total", counted),))) is expected


def test_active_counts_hold_by_either_way_of_counting():
    found = replace(evidence("params_active", 5.71e9), low=5.13e9, high=5.71e9)
    for words, value, expected in (
        ("5.1B", 5.1e9, Outcome.SUPPORTED),
        ("4B", 4e9, Outcome.REFUTED),
    ):
        fact = replace(claim("params_active", value, "parameters"), claimed_text=words)
        assert outcome(Case(fact, TOY, evidence=(found,))) is expected
