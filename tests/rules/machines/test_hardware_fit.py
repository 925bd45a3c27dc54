"""What machine a model runs on: seen before computed."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.machines.hardware_fit import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, outcome

H100 = "one NVIDIA H100"


def prediction(precision, low, value, high, hardware=H100):
    return evidence(
        "longest_context", value, low, high, Basis.READ_FROM_RELEASE, id=f"mea_{precision}",
        unit="tokens", conditions=Conditions(hardware=hardware, precision=precision),
    )  # fmt: skip


def seen(text, precision, hardware=H100, **more):
    values = {"basis": Basis.REPORTED_BY_OTHERS, "reported_by": "A. User"}
    return evidence(
        "hardware_fit", text=text, **values | {"kind": EvidenceKind.RUN} | more,
        id=f"mea_{text}_{precision}", conditions=Conditions(hardware=hardware, precision=precision),
    )  # fmt: skip


def stated(precision):
    return seen("fits", precision, basis=Basis.STATED_BY_VENDOR, kind=EvidenceKind.DECLARED)


SMALL, LARGE = (
    replace(TOY, id=f"toys/{name}", name=f"Toy {name}", variant_of=TOY.id)
    for name in ("Small", "Large")
)


def family(*found):
    return replace(fit(*found), family=(SMALL, LARGE))


def fit(*found, **conditions):
    said = Conditions(**{"hardware": H100} | conditions)
    return Case(claim("hardware_fit", None, None, conditions=said), TOY, evidence=found)


COMPUTED = (prediction("bf16", 0, 0, 0), prediction("int4", 1000, 8000, 9000))
ARITHMETIC = (
    "By our arithmetic from its architecture, with the KV cache in 16 bits, on one NVIDIA H100:"
)
BF16, INT4 = (
    "bf16 weights do not fit",
    "int4 weights fit, with room for a prompt of about 8,000 tokens (1,000 to 9,000)",
)
STATED = "The fit is stated by Toys itself; no independent run is on record."
EXAMPLES = {
    "run in one precision": Example(
        fit(seen("fits", "int4"), seen("out of memory", "bf16"), *COMPUTED),
        Outcome.SUPPORTED,
        "Toy runs on one NVIDIA H100 only in int4 (run by A. User); bf16 ran out of memory on "
        f"one NVIDIA H100 (run by A. User). {ARITHMETIC} {BF16}; {INT4}.",
    ),
    "run, and nothing against it": Example(
        fit(seen("fits", None)), Outcome.SUPPORTED,
        "Toy runs on one NVIDIA H100 in unstated precision (run by A. User).",
    ),
    "a family, each of its models": Example(
        family(seen("fits", "bf16", model=SMALL), seen("fits", "fp8", model=LARGE)),
        Outcome.SUPPORTED,
        "All released models run on one NVIDIA H100: Toy Small in bf16 (run by A. User) and Toy "
        "Large in fp8 (run by A. User).",
    ),
    "out of memory as claimed": Example(
        fit(seen("out of memory", "bf16"), precision="bf16"), Outcome.REFUTED,
        "Toy does not fit: bf16 ran out of memory on one NVIDIA H100 (run by A. User).",
    ),
    "computed to fit, as the vendor says": Example(
        fit(*COMPUTED, stated("int4"), precision="int4"), Outcome.SUPPORTED,
        f"Toy in int4 fits on one NVIDIA H100, by arithmetic. {STATED} {ARITHMETIC} {BF16}; "
        f"{INT4}.",
    ),
    "computed to fit in one number format, and none is claimed": Example(
        fit(*COMPUTED), Outcome.SUPPORTED,
        "Toy fits on one NVIDIA H100 only in int4, by arithmetic. No run is on record. "
        f"{ARITHMETIC} {BF16}; {INT4}.",
    ),
    "computed not to fit, whatever the vendor says": Example(
        fit(*COMPUTED, stated("bf16"), precision="bf16"), Outcome.REFUTED,
        f"Toy in bf16 does not fit on one NVIDIA H100, by arithmetic. {STATED} {ARITHMETIC} "
        f"{BF16}.",
    ),
    "between the bounds": Example(
        fit(*COMPUTED, precision="int4", context_tokens=5000), Outcome.INCONCLUSIVE,
        "It is open whether Toy in int4 fits on one NVIDIA H100 with 5,000 tokens: the bounds "
        f"disagree. No run is on record. {ARITHMETIC} {INT4}.",
    ),
    "perhaps": Example(
        fit(prediction("fp8", 0, 0, 500)), Outcome.INCONCLUSIVE,
        "It is open whether Toy fits on one NVIDIA H100: the bounds disagree. No run is on "
        f"record. {ARITHMETIC} fp8 weights may fit, with room for a prompt of at most 500 tokens.",
    ),
    "the vendor's word alone": Example(
        fit(stated("int4"), precision="int4"), Outcome.INCONCLUSIVE,
        f"It is open whether Toy in int4 fits on one NVIDIA H100. {STATED} No architecture to "
        "compute from is on record.",
    ),
}  # fmt: skip


FURTHER_CASES = {
    "a precision that nobody computed": fit(*COMPUTED, precision="int8"),
    "a run on a machine that is not named": fit(seen("fits", "int4", None)),
    "a machine that needs words": fit(seen("needs two GPUs", "int4")),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_hardware(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({}, Outcome.SUPPORTED),
        ({"precision": "bf16"}, Outcome.REFUTED),
        ({"precision": "int4"}, Outcome.SUPPORTED),
        ({"precision": "int4", "context_tokens": 500}, Outcome.SUPPORTED),
        ({"precision": "int4", "context_tokens": 5000}, Outcome.INCONCLUSIVE),
        ({"precision": "int4", "context_tokens": 20_000}, Outcome.INCONCLUSIVE),
        ({"precision": "int4", "context_tokens": 50_000}, Outcome.REFUTED),
        ({"precision": "int8"}, Outcome.UNTESTED),
    ],
)
def test_what_nobody_tried_is_computed(conditions, expected):
    assert outcome(fit(*COMPUTED, hardware="a single H100", **conditions)) is expected


def test_what_was_seen_comes_before_what_was_computed():
    case = fit(
        seen("fits", "bf16", "a single H100"), prediction("bf16", 0, 0, 0), hardware="a single H100"
    )
    assert outcome(case) is Outcome.SUPPORTED


def test_a_machine_that_is_not_named_is_no_claim_about_one():
    case = fit(*COMPUTED)
    unnamed = replace(case, claim=replace(case.claim, conditions=Conditions()))
    assert outcome(unnamed) is Outcome.UNTESTED


def test_a_family_with_a_model_that_nobody_ran_is_not_shown_to_run():
    assert outcome(family(seen("fits", "bf16", model=SMALL))) is Outcome.UNTESTED


@pytest.mark.parametrize("kind", [None, EvidenceKind.REPORT, EvidenceKind.DECLARED])
def test_what_somebody_tells_of_a_fit_leaves_it_open(kind):
    assert outcome(fit(seen("fits", "int4", kind=kind))) is Outcome.INCONCLUSIVE


def test_a_failure_that_is_only_told_refutes_nothing():
    told = seen("out of memory", "bf16", kind=EvidenceKind.REPORT)
    assert outcome(fit(told, precision="bf16")) is Outcome.UNTESTED
