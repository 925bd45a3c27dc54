"""Which kinds of input are listed, and by whom."""

import pytest

from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.lists.modality import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, judge


def told(text, basis=Basis.REPORTED_BY_OTHERS, number=1):
    return evidence(
        "modality", text=text, basis=basis, kind=EvidenceKind.DECLARED, id=f"mea_{number}",
        reported_by="models.dev", as_of="2026-07-02",
    )  # fmt: skip


def reads(claimed, *found):
    return Case(claim("modality", None, None, claimed), TOY, evidence=found)


BY = "(stated by models.dev, 2 July 2026)"
CARD = told("Multilingual text and image", Basis.STATED_BY_VENDOR, 2)
EXAMPLES = {
    "all are listed": Example(
        reads("natively multimodal: text and images", told("text and images")), Outcome.SUPPORTED,
        f"Text and images are listed as input {BY}. How well it reads them, this does not tell.",
    ),
    "one is missing from a provider's list": Example(
        reads("text, images and video", told("text and images")), Outcome.INCONCLUSIVE,
        f"Text and images are listed as input {BY}; video is not, which leaves it open: such lists "
        "may leave things out.",
    ),
    "one is missing from the vendor's list too": Example(
        reads("text, images and video", told("text and images"), CARD), Outcome.REFUTED,
        f"Text and images are listed as input {BY}; video is not, not even by the release or its "
        "vendor.",
    ),
    "the vendor's word alone": Example(
        reads("text and images", CARD), Outcome.INCONCLUSIVE,
        "Text and images are listed as input (stated by Toys itself, 2 July 2026); no list by "
        "anybody else is on record.",
    ),
    "none is listed": Example(
        reads("audio", told("text")), Outcome.INCONCLUSIVE,
        f"None of the claimed kinds is listed as input {BY}; audio is not, which leaves it open: "
        "such lists may leave things out.",
    ),
}  # fmt: skip
FURTHER_CASES = {"no kind is named": reads("natively multimodal", told("text and images"))}


@pytest.mark.parametrize("name", EXAMPLES)
def test_modality(name):
    check(RULE, EXAMPLES[name])


def test_a_claim_that_names_no_kind_is_left_to_other_rules():
    assert judge(FURTHER_CASES["no kind is named"]).rule == "untested/2"
