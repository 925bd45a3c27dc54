"""Claimed scores beside results with their intervals."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.counting.score import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, outcome

MMLU = claim("benchmark_score", 73.0, "percent", metric="mmlu")


def score(low, high, said=MMLU, **more):
    middle = 72.0 if low is None else (low + high) / 2
    metric = said.metric or said.claim_type
    result = evidence(
        metric, middle, low, high, Basis.REPORTED_BY_OTHERS,
        unit=said.unit, reported_by="A. Tester", **more,
    )  # fmt: skip
    return Case(said, TOY, evidence=(result,))


def bare(value, hardware):
    return evidence(
        "mmlu", value, basis=Basis.REPORTED_BY_OTHERS, unit="percent", reported_by="A. Tester",
        as_of="2025-04-05", kind=EvidenceKind.RUN, id=f"mea_{hardware}",
        conditions=Conditions(hardware=hardware),
    )  # fmt: skip


def said_of(kind, value, unit):
    return claim(kind, value, unit)


EXAMPLES = {
    "as good": Example(
        score(80, 85), Outcome.SUPPORTED,
        "The result is at least as good as the claimed 73: 82.5% (interval 80 to 85; "
        "reported by A. Tester).",
    ),
    "worse": Example(
        score(60, 65), Outcome.OVERSTATED,
        "The result falls short of the claimed 73: 62.5% (interval 60 to 65; reported by A. "
        "Tester).",
    ),
    "too close to call": Example(
        score(70, 75), Outcome.INCONCLUSIVE,
        "Too close to call: the interval of the result includes the claimed 73: 72.5% (interval 70 "
        "to 75; reported by A. Tester).",
    ),
    "without an interval": Example(
        score(None, None), Outcome.INCONCLUSIVE,
        "The result has no interval, so the claimed 73 stays open: 72% (reported by A. Tester).",
    ),
    "several without an interval, each on its machine": Example(
        Case(MMLU, TOY, evidence=(bare(72.9, "NVIDIA H200"), bare(73.4, "AMD MI300X"))),
        Outcome.INCONCLUSIVE,
        "The results have no interval, so the claimed 73 stays open: 73.4% on AMD MI300X "
        "(measured by A. Tester, 5 April 2025) and 72.9% on NVIDIA H200 (measured by A. Tester, "
        "5 April 2025).",
    ),
    "less is better": Example(
        score(0.1, 0.2, said_of("price", 0.3, "USD per million tokens")), Outcome.SUPPORTED,
        "The result is at least as good as the claimed 0.3: 0.15 USD per million tokens "
        "(interval 0.1 to 0.2; reported by A. Tester).",
    ),
    "another exact figure": Example(
        score(49_000, 50_000, said_of("vocab_size", 32_000.0, "tokens")), Outcome.REFUTED,
        "The result contradicts the claimed 32,000: 49,500 tokens (interval "
        "49,000 to 50,000; reported by A. Tester).",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_score(name):
    check(RULE, EXAMPLES[name])


def test_a_score_at_another_precision_does_not_count():
    fp4 = evidence("mmlu", 50, 49, 51, conditions=Conditions(precision="fp4"))
    assert outcome(Case(MMLU, TOY, evidence=(fp4,))) is Outcome.UNTESTED


def test_the_vendors_own_word_decides_no_score():
    own = replace(score(80, 85).evidence[0], basis=Basis.STATED_BY_VENDOR)
    assert outcome(Case(MMLU, TOY, evidence=(own,))) is Outcome.UNTESTED


def test_a_score_in_another_unit_does_not_count():
    case = score(80, 85)
    shares = replace(case.evidence[0], unit="proportion")
    assert outcome(replace(case, evidence=(shares,))) is Outcome.UNTESTED


def test_a_result_with_an_interval_comes_before_one_without():
    case = score(80, 85)
    bare = replace(case.evidence[0], id="mea_bare", value=60.0, low=None, high=None)
    assert outcome(replace(case, evidence=(bare, *case.evidence))) is Outcome.SUPPORTED
