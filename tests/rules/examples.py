"""What tests of rules share: toy models, claims and results, and one way to check an example."""

from dataclasses import dataclass
from datetime import date

from kb.domain.drafts import Availability
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case, ClaimFact, Evidence, ReleaseFact, Subject
from kb.rules.judging import judge_case
from kb.rules.rule import VerdictFact
from kb.rules.sentences import render_verdict

RELEASE = ReleaseFact("toys/Toy", date(2025, 4, 5))
TOY = Subject("toys/toy", "Toy", "Toys", Availability.RELEASED)
RELEASED_TOY = Subject("toys/toy", "Toy", "Toys", Availability.RELEASED, releases=(RELEASE,))
HIDDEN = Subject("toys/toy-x", "Toy X", "Toys", Availability.NEVER_RELEASED, "toys/toy")


@dataclass(frozen=True)
class Example:
    """A case, and what its rule must say of it."""

    case: Case
    outcome: Outcome
    sentence: str


def claim(kind="context_length", value=8192.0, unit="tokens", text="as said", **more):
    return ClaimFact(
        "clm_1", kind, text,
        claimed_value=value, claimed_high=value, unit=unit, **more,
    )  # fmt: skip


def evidence(metric, value=None, low=None, high=None, basis=Basis.MEASURED_HERE, **more):
    values = {"id": f"mea_{metric}", "model": TOY} | more
    return Evidence(
        basis=basis, metric=metric, value=value, low=low, high=high, **values
    )  # fmt: skip


def judge(case):
    """The verdict on a case, as what its sentence is made from."""
    rule, finding = judge_case(case)
    return VerdictFact(
        case.claim, case.subject.name, rule.label, finding.outcome, finding.numbers, finding.facts,
        tuple({result.id: result for result in finding.evidence}.values()),
    )  # fmt: skip


def outcome(case):
    return judge(case).outcome


def say(case):
    return render_verdict(judge(case)).text


def check(rule, example):
    """The rule decides the example's case, as it should, in the words that it should."""
    verdict = judge(example.case)
    assert (verdict.rule, verdict.outcome) == (rule.label, example.outcome)
    assert render_verdict(verdict).text == example.sentence
