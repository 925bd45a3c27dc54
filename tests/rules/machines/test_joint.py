"""Claims made together: is there one configuration in which all of them hold?"""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case
from kb.rules.machines.joint import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, judge, outcome, say


def prediction(precision, low, value, high):
    return evidence(
        "longest_context", value, low, high, Basis.READ_FROM_RELEASE, id=f"mea_{precision}",
        unit="tokens", conditions=Conditions(hardware="one NVIDIA H100", precision=precision),
    )  # fmt: skip


NOWHERE = prediction("bf16", 0, 0, 0)
COMPUTED = (NOWHERE, prediction("fp8", 0, 100, 500), prediction("int4", 1000, 8000, 9000))


def together(*found, **said):
    conditions = Conditions(hardware="one H100", **said)
    return Case(claim("joint", None, None, conditions=conditions), TOY, evidence=found)


ALL = (
    "By our arithmetic from its architecture, with the KV cache in 16 bits, on one H100: bf16 "
    "weights do not fit; fp8 weights "
    "fit, with room for a prompt of about "
    "100 tokens "
    "(0 to 500); int4 weights fit, with room for a prompt of about 8,000 tokens (1,000 to 9,000)."
)
EXAMPLES = {
    "one configuration": Example(
        together(*COMPUTED, precision="int4", context_tokens=900), Outcome.SUPPORTED,
        f"One configuration satisfies all of it. {ALL}",
    ),
    "open": Example(
        together(*COMPUTED, precision="int4", context_tokens=2000), Outcome.INCONCLUSIVE,
        f"It is open whether all of it can hold at once: the bounds disagree. {ALL}",
    ),
    "weights and machine, and tokens and machine": Example(
        together(*COMPUTED, precision="bf16", context_tokens=50_000), Outcome.REFUTED,
        "This cannot all hold at once: bf16 weights do not fit on one H100 (fp8 and int4 would "
        "fit); 50,000 tokens do not fit in the memory of one H100 in any number "
        "format (at most 9,000 with the "
        f"KV cache in 16 bits, 36,000 in 4). {ALL}",
    ),
    "all three": Example(
        together(*COMPUTED, precision="fp8", context_tokens=2900), Outcome.REFUTED,
        "This cannot all hold at once: 2,900 tokens do not fit in the memory of one H100 beside "
        "fp8 weights (at "
        f"most 500 with the KV cache in 16 bits, 2,000 in 4). {ALL}",
    ),
    "no precision": Example(
        together(NOWHERE, precision="bf16"), Outcome.REFUTED,
        "This cannot all hold at once: bf16 weights do not fit on one H100 (nor does any other "
        "number format). By our arithmetic from its architecture, with the KV cache in 16 bits, on "
        "one H100: bf16 weights do not fit.",
    ),
}  # fmt: skip


def test_a_combination_that_nobody_claimed_is_told_as_our_question():
    case = together(*COMPUTED, precision="int4", context_tokens=900)
    asked = replace(case, claim=replace(case.claim, question="The card says each of the three."))
    assert say(asked) == f"Asked by us; nobody on record claims it. {say(case)}"


FURTHER_CASES = {
    "no arithmetic for the machine": together(),
    "a precision that nobody computed": together(*COMPUTED, precision="int8"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_joint(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize(
    ("said", "expected", "words"),
    [
        ({"precision": "int4", "context_tokens": 900}, Outcome.SUPPORTED, "satisfies all"),
        ({"precision": "int4", "context_tokens": 2000}, Outcome.INCONCLUSIVE, "is open whether"),
        ({"precision": "bf16", "context_tokens": 900}, Outcome.REFUTED, "bf16 weights do not fit"),
        ({"precision": "fp8", "context_tokens": 900}, Outcome.INCONCLUSIVE, "is open whether"),
        ({"precision": "fp8", "context_tokens": 2900}, Outcome.REFUTED, "2,900 tokens do not fit"),
        ({"context_tokens": 10_000_000}, Outcome.REFUTED, "10,000,000 tokens do not fit"),
    ],
)
def test_joint_claims_name_what_excludes_itself(said, expected, words):
    case = together(*COMPUTED, **said)
    assert judge(case).rule == RULE.label
    assert outcome(case) is expected
    assert words in say(case)


@pytest.mark.parametrize("name", FURTHER_CASES)
def test_without_arithmetic_for_the_machine_or_precision_nothing_is_said(name):
    assert outcome(FURTHER_CASES[name]) is Outcome.UNTESTED
