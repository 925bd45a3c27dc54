"""What nobody outside can know, and what of it is published."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.remainder.unknowable import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, judge

RIVAL = replace(TOY, id="toys/toy-1", name="Toy 1")


def hours(value, model=TOY, note=None):
    return evidence(
        "training_gpu_hours", value, basis=Basis.STATED_BY_VENDOR, unit="gpu_hours", model=model,
        kind=EvidenceKind.DECLARED, as_of="2025-04-05", id=f"mea_{model.name}",
        conditions=Conditions(note=note),
    )  # fmt: skip


TIMES = claim("training_compute", 10.0, "times", "almost 10x the compute of Toy 1")
PARTLY = Case(
    TIMES, TOY, evidence=(hours(7.38e6, note="None is published for the largest."),),
    compared=(("Toy 1", RIVAL),), rival_evidence=(hours(7.7e6, RIVAL),),
)  # fmt: skip
HOURS = (
    "Something near is published. Toy: 7,380,000 GPU hours (stated by Toys itself, 5 April 2025). "
    "None is published for the largest. Hours are not compute: no ratio of compute follows from "
    "them."
)
GPUS = evidence(
    "training_gpus", 32e3, basis=Basis.STATED_BY_VENDOR, unit="gpus", kind=EvidenceKind.DECLARED
)
NOTHING = (
    "Nothing public on record settles this; it would take records that whoever made the claim "
    "publishes and that others can check."
)
OF_GPUS = claim("training_compute", 1e5, "gpus", "100,000 GPUs")
TAKES = "it would take complete figures, in a form that others can check."
EXAMPLES = {
    "training tokens": Example(
        Case(claim("training_tokens", 30e12), TOY), Outcome.NOT_TESTABLE,
        "Nothing public on record settles this; it would take records that whoever made the claim "
        "publishes and that others can check.",
    ),
    "a part is published": Example(
        PARTLY, Outcome.NOT_TESTABLE,
        f"{HOURS} That neither confirms nor contradicts the claimed factor of 10; {TAKES}",
    ),
    "hours, which say nothing of GPUs": Example(
        replace(PARTLY, claim=OF_GPUS), Outcome.NOT_TESTABLE, NOTHING
    ),
    "a number of GPUs beside a claim of GPUs": Example(
        replace(PARTLY, claim=OF_GPUS, evidence=(*PARTLY.evidence, GPUS)), Outcome.NOT_TESTABLE,
        "Something near is published. Toy: 32,000 GPUs (stated by Toys itself). That neither "
        f"confirms nor contradicts the claimed “100,000 GPUs”; {TAKES}",
    ),
}  # fmt: skip
FURTHER_CASES = {
    "no figure is claimed": replace(PARTLY, claim=claim("training_compute", None, None, "more"))
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_unknowable(name):
    check(RULE, EXAMPLES[name])


def test_hours_of_two_models_are_never_set_side_by_side():
    assert {result.model.name for result in judge(PARTLY).evidence} == {"Toy"}


def test_what_can_be_known_is_untested_at_most():
    assert judge(Case(claim(), TOY)).rule == "untested/2"
