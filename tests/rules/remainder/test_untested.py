"""The rule of last resort, and what it shows of what comes near."""

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.remainder.untested import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence

MMLU = claim(
    "benchmark_score", 80.5, "percent", metric="mmlu", conditions=Conditions(precision="bf16")
)
OF_NO_FORMAT = claim("benchmark_score", 80.5, "percent", metric="mmlu")
BY_OTHERS = {"basis": Basis.REPORTED_BY_OTHERS, "reported_by": "A. Tester", "as_of": "2025-04"}


def score(kind=EvidenceKind.RUN, unit="percent", precision="fp8", **more):
    values = {"unit": unit, "kind": kind, "conditions": Conditions(precision=precision)}
    return evidence("mmlu", 80.4, **BY_OTHERS | values | more)


def near(said, *found):
    return Case(said, TOY, evidence=found)


NEAREST = "Nothing on record decides this claim. What comes nearest:"
BY = "(measured by A. Tester, April 2025)"
EXAMPLES = {
    "nothing on record": Example(
        Case(claim(), TOY), Outcome.UNTESTED, "No test of this claim is on record yet."
    ),
    "in another number format": Example(
        near(MMLU, score()), Outcome.UNTESTED,
        f"{NEAREST} 80.4% in fp8 {BY}, while the claim is about bf16.",
    ),
    "in a number format, and the claim names none": Example(
        near(OF_NO_FORMAT, score(low=79.0, high=82.0)), Outcome.UNTESTED,
        f"{NEAREST} 80.4% in fp8 (interval 79 to 82; measured by A. Tester, April 2025), while "
        "the claim names no number format.",
    ),
    "in another unit, and what the vendor says": Example(
        near(
            OF_NO_FORMAT,
            score(precision=None, basis=Basis.STATED_BY_VENDOR, kind=EvidenceKind.DECLARED),
            score(precision=None, unit="points", id="mea_points"),
        ),
        Outcome.UNTESTED,
        f"{NEAREST} 80.4 points {BY}, which is in another unit; 80.4% (stated by Toys itself, "
        "April 2025), which is the vendor's own word.",
    ),
    "a limit that a file declares": Example(
        near(claim(), evidence("declared_context", 8192.0, unit="tokens",
                               basis=Basis.READ_FROM_RELEASE)),
        Outcome.UNTESTED,
        f"{NEAREST} 8,192 tokens (read from the release), which is another thing.",
    ),
}  # fmt: skip

FURTHER_CASES = {
    "words on another board": near(
        claim("cost", None, None, conditions=Conditions(board="Polls")),
        evidence(
            "cost", text="cheap", conditions=Conditions(board="Ballots", hardware="a phone"),
            **BY_OTHERS,
        ),
    ),
    "words that do not settle it": near(
        claim("throughput", None, None), evidence("throughput", text="quick", **BY_OTHERS)
    ),
    "stated by others": near(
        claim("throughput", None, None),
        evidence("throughput", text="quick", kind=EvidenceKind.DECLARED, **BY_OTHERS),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_untested(name):
    check(RULE, EXAMPLES[name])
