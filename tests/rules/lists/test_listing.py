"""Where a model can be had, place by place."""

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, EvidenceKind, Outcome
from kb.rules.case import Case
from kb.rules.lists.listing import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, judge


def listed(place, text="lists Toy", kind=EvidenceKind.DECLARED, day="2026-07-02"):
    return evidence(
        "provider_listing", text=text, basis=Basis.REPORTED_BY_OTHERS, reported_by="models.dev",
        kind=kind, as_of=day, id=f"mea_{place}_{day}", conditions=Conditions(provider=place),
    )  # fmt: skip


def at(*found, places=("Bedrock", "Azure")):
    said = Conditions(artefacts=list(places))
    return Case(claim("availability", None, None, conditions=said), TOY, evidence=found)


BY = "(stated by models.dev, 2 July 2026)"
LACKS = "lists no Toy"
EXAMPLES = {
    "all list it": Example(
        at(listed("Bedrock"), listed("azure")), Outcome.SUPPORTED,
        f"Bedrock and azure list Toy {BY}.",
    ),
    "one is not on record": Example(
        at(listed("Bedrock")), Outcome.INCONCLUSIVE,
        f"Bedrock lists Toy {BY}; nothing is on record for Azure.",
    ),
    "one is missing from somebody else's list": Example(
        at(listed("Bedrock"), listed("Azure", LACKS)), Outcome.INCONCLUSIVE,
        f"Bedrock lists Toy {BY}; Azure lists no Toy {BY}.",
    ),
    "missing from their own lists": Example(
        at(*(listed(place, LACKS, EvidenceKind.DOCUMENT) for place in ("Bedrock", "Azure"))),
        Outcome.REFUTED,
        "Bedrock and Azure list no Toy (read in models.dev, 2 July 2026).",
    ),
}  # fmt: skip
FURTHER_CASES = {"nothing on record": at(), "no place is named": at(places=())}


@pytest.mark.parametrize("name", EXAMPLES)
def test_listing(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize("name", FURTHER_CASES)
def test_without_a_listing_nothing_is_said(name):
    assert judge(FURTHER_CASES[name]).rule == "untested/2"


def test_the_newest_listing_of_a_place_counts():
    old = listed("Bedrock", LACKS, EvidenceKind.DOCUMENT, day="2025-04-05")
    case = at(old, listed("Bedrock"), places=("Bedrock",))
    assert judge(case).outcome is Outcome.SUPPORTED
