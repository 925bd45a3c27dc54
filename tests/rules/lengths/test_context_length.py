"""Context lengths: the context limit and the effective context."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.lengths.context_length import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, judge, outcome, say


def measured(metric, value, low=None, high=None, **more):
    return evidence(metric, value, low, high, unit="tokens", claim_id="clm_1", **more)


def reported(metric, value, **conditions):
    return evidence(
        metric, value, basis=Basis.REPORTED_BY_OTHERS, reported_by="A. Tester",
        kind=EvidenceKind.RUN, conditions=Conditions(**conditions),
    )  # fmt: skip


def stated(
    metric,
    value,
    by,
    day=None,
    basis=Basis.REPORTED_BY_OTHERS,
    kind=EvidenceKind.DECLARED,
    **conditions,
):
    return evidence(
        metric, value, basis=basis, reported_by=by, as_of=day, kind=kind,
        id=f"mea_{metric}_{by}_{day}", conditions=Conditions(**conditions),
    )  # fmt: skip


def by_rule(kind, low, high):
    rule = Conditions(rule=f"{kind}: of ladder_tasks/1")
    return measured("effective_context", low, low, high, conditions=rule, id=f"mea_{kind}")


def context(*found, value=8192.0):
    return Case(claim(value=value), TOY, evidence=found)


ACCEPTED = measured("accepted_context", 8192.0)
BY_FIXED, BY_OWN = (
    "against a fixed pass mark on thirteen tasks", "against the model's own score on the shortest "
    "texts",
)  # fmt: skip
TRIED = "Longest prompt tried and accepted: 8,192 tokens (measured here)."
OPEN = (
    "It is open whether Toy accepts the claimed 8,192 tokens: on record, nobody but its vendor "
    "says so; we have not tested it."
)
STATED = (
    "Others state that Toy accepts the claimed 8,192 tokens; no run of that length by anybody but "
    "its vendor is on record; we have not tested it."
)
USE = "How well it uses long texts is another question: its effective context"
EXAMPLES = {
    "reached": Example(
        context(by_rule("absolute", 8192.0, 8192.0), by_rule("relative", 8192.0, 8192.0), ACCEPTED),
        Outcome.SUPPORTED,
        f"Toy reaches the claimed 8,192 tokens. Effective context: 8,192 tokens (measured here, "
        f"{BY_FIXED}). Effective context: 8,192 tokens (measured here, {BY_OWN}). {TRIED}",
    ),
    "falls short": Example(
        context(by_rule("absolute", 0.0, 0.0), by_rule("relative", 512.0, 1024.0), ACCEPTED),
        Outcome.OVERSTATED,
        "Toy falls short of the claimed 8,192 tokens. Effective context: at least 512 tokens, "
        f"possibly as many as 1,024 (measured here, {BY_OWN}). Failed at the shortest length "
        "tested "
        f"(measured here, {BY_FIXED}). {TRIED}",
    ),
    "not settled": Example(
        context(by_rule("relative", 0.0, 8192.0), ACCEPTED, measured("ladder_cost", 0.03)),
        Outcome.INCONCLUSIVE,
        "It is not settled whether Toy reaches the claimed 8,192 tokens. Effective context: "
        "not "
        f"yet shown at any length, possibly as many as 8,192 (measured here, {BY_OWN}). {TRIED}",
    ),
    "by a rule of another kind": Example(
        context(measured("effective_context", 8192.0, 8192.0, 8192.0), ACCEPTED),
        Outcome.SUPPORTED,
        "Toy reaches the claimed 8,192 tokens. Effective context: 8,192 tokens (measured here). "
        f"{TRIED}",
    ),
    "what others measured is less": Example(
        context(
            reported("effective_context", 1000.0, rule="NoLiMa", note="Nothing above 4K was run"),
            reported("accepted_context", 8000.0, hardware="8x NVIDIA H200"),
            stated("served_context", 4096.0, "models.dev", "2026-07-02", provider="Hoster"),
        ),
        Outcome.INCONCLUSIVE,
        f"{OPEN} Longest prompt in a run that is shown: 8,000 tokens on 8x NVIDIA H200 (measured "
        "by A. Tester). Limits that are stated, without a run: 4,096 tokens at Hoster by the list "
        f"of models.dev, 2 July 2026. {USE} by the rule “NoLiMa” is 1,000 tokens (measured by A. "
        "Tester). NoLiMa asks for facts that share hardly a word with the question. Nothing above "
        "4K was run.",
    ),
    "others state the length, and a test of use finds less": Example(
        context(
            reported("effective_context", 1000.0),
            stated("accepted_context", 9000.0, "the engine's makers"),
        ),
        Outcome.INCONCLUSIVE,
        f"{STATED} Limits that are stated, without a run: the engine's makers says up to 9,000 "
        f"tokens. {USE} is 1,000 tokens (measured by A. Tester).",
    ),
    "a run by others, and a test of use that finds less": Example(
        context(reported("effective_context", 1000.0), reported("accepted_context", 8192.0)),
        Outcome.INCONCLUSIVE,
        "In a run by others Toy accepted the claimed 8,192 tokens; we have not tested it. Longest "
        f"prompt in a run that is shown: 8,192 tokens (measured by A. Tester). {USE} is 1,000 "
        "tokens (measured by A. Tester).",
    ),
    "what others measured is enough": Example(
        context(reported("effective_context", 8192.0), reported("accepted_context", 8192.0)),
        Outcome.SUPPORTED,
        "Toy reaches the claimed 8,192 tokens in tests by others; we have not tested it. Longest "
        f"prompt in a run that is shown: 8,192 tokens (measured by A. Tester). {USE} is 8,192 "
        "tokens (measured by A. Tester).",
    ),
    "stated limits alone, above the claim and below it": Example(
        context(
            stated("accepted_context", 4000.0, "the engine's makers", "2025-04-05",
                   hardware="8x NVIDIA H200", engine="Engine 1"),
            stated("accepted_context", 9000.0, "Toys", basis=Basis.STATED_BY_VENDOR),
            stated("served_context", 4096.0, "models.dev", "2026-07-02", provider="Hoster"),
            stated("served_context", 9192.0, "models.dev", "2026-03-13", provider="Hoster"),
            stated("trained_context", 2048.0, "Toys", basis=Basis.STATED_BY_VENDOR),
        ),
        Outcome.INCONCLUSIVE,
        f"{OPEN} Limits that are stated, without a run: Toys says up to 9,000 tokens; the engine's "
        "makers says up to 4,000 tokens on 8x NVIDIA H200, Engine 1, 5 April 2025; 4,096 tokens at "
        "Hoster by the list of models.dev, 2 July 2026; formerly 9,192 tokens at Hoster by the "
        "list of models.dev, 13 March 2026. Toys says it was trained with up to 2,048 tokens.",
    ),
    "a listing that a record says is over": Example(
        context(
            stated("served_context", 4096.0, "models.dev", "2026-07-02", provider="Hoster"),
            stated("past_served_context", 9192.0, "models.dev", "2026-03-13", provider="Hoster"),
        ),
        Outcome.INCONCLUSIVE,
        f"{OPEN} Limits that are stated, without a run: 4,096 tokens at Hoster by the list of "
        "models.dev, 2 July 2026; formerly 9,192 tokens at Hoster by the list of models.dev, 13 "
        "March 2026.",
    ),
    "what it was trained with, in the record's own words": Example(
        context(
            stated("trained_context", 2048.0, "Toys", basis=Basis.STATED_BY_VENDOR,
                   note="Toys says so, and shows needles found in longer texts.")
        ),
        Outcome.INCONCLUSIVE,
        f"{OPEN} Toys says so, and shows needles found in longer texts.",
    ),
    "a run of the vendor's own": Example(
        context(
            reported("effective_context", 8192.0),
            stated("accepted_context", 8192.0, "Toys", basis=Basis.STATED_BY_VENDOR,
                   kind=EvidenceKind.RUN),
        ),
        Outcome.INCONCLUSIVE,
        f"{OPEN} Longest prompt in a run that is shown: 8,192 tokens (run by Toys itself). {USE} "
        "is 8,192 tokens (measured by A. Tester).",
    ),
    "accepted less here, which another machine may change": Example(
        context(measured("accepted_context", 4096.0)),
        Outcome.INCONCLUSIVE,
        "It is not settled whether Toy reaches the claimed 8,192 tokens. Longest prompt "
        "tried and "
        "accepted: 4,096 tokens (measured here).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_context(name):
    check(RULE, EXAMPLES[name])


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
    effective = measured("effective_context", high, low, high)
    assert outcome(context(effective, measured("accepted_context", accepted))) is expected


def test_a_stated_limit_below_the_claim_does_not_make_it_overstated():
    below = stated("accepted_context", 4000.0, "the engine's makers")
    assert outcome(context(below)) is Outcome.INCONCLUSIVE


def test_a_shown_run_below_the_claim_says_nothing_about_longer_prompts():
    assert outcome(context(reported("accepted_context", 4096.0))) is Outcome.INCONCLUSIVE


def test_the_vendors_own_test_of_its_model_is_no_test_by_others():
    own = replace(reported("effective_context", 1000.0), basis=Basis.STATED_BY_VENDOR)
    assert outcome(context(own)) is Outcome.UNTESTED


def test_declaring_a_window_is_no_test_of_it():
    declared = evidence("declared_context", 8192, basis=Basis.READ_FROM_RELEASE)
    assert outcome(context(declared)) is Outcome.UNTESTED


def test_a_ladder_climbed_for_another_claim_does_not_bound_this_one():
    other = evidence("effective_context", 2048, 1024, 8192, unit="tokens", claim_id="clm_other")
    assert outcome(context(other, value=131072.0)) is Outcome.UNTESTED


def test_of_two_ladders_for_one_claim_the_larger_counts():
    """Their bounds are not put together: each has an error rate of its own."""
    quick = measured("effective_context", 8192, 1024, 1500, n=40)
    full = replace(quick, id="mea_full", value=1500, low=1000, high=8192, n=600)
    assert outcome(context(quick, full)) is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    ("absolute", "relative", "expected"),
    [
        ((8192, 8192), (8192, 8192), Outcome.SUPPORTED),
        ((4096, 4096), (8192, 8192), Outcome.OVERSTATED),
        ((8192, 8192), (1024, 2048), Outcome.OVERSTATED),
        ((0, 8192), (8192, 8192), Outcome.INCONCLUSIVE),
        # misses the fixed score at the shortest length already: its own score decides
        ((0, 0), (8192, 8192), Outcome.SUPPORTED),
        ((0, 0), (512, 8192), Outcome.INCONCLUSIVE),
        ((0, 0), (512, 512), Outcome.OVERSTATED),
    ],
)
def test_two_rules_about_the_effective_context(absolute, relative, expected):
    cost = evidence("ladder_cost", 0.03, unit="proportion", claim_id="clm_1")
    rules = by_rule("absolute", *absolute), by_rule("relative", *relative)
    case = context(*rules, ACCEPTED, cost)
    verdict = judge(case)
    assert verdict.outcome is expected
    assert {result.id for result in verdict.evidence} >= {"mea_absolute", "mea_relative"}
    assert BY_OWN in say(case)
    assert verdict.numbers["share_of_published_cost"] == 0.03
    if absolute == (0, 0):
        assert verdict.evidence[0].id == "mea_relative"
