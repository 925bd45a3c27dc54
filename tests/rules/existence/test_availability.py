"""Whether something was released, and when."""

from dataclasses import replace
from datetime import date

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Outcome
from kb.rules.case import Case, ReleaseFact
from kb.rules.existence.availability import RULE
from tests.rules.examples import RELEASED_TOY, TOY, Example, check, claim, judge

SECOND = replace(
    RELEASED_TOY, id="toys/toy-2", name="Toy 2", variant_of=TOY.id,
    releases=(ReleaseFact("toys/Toy-2", date(2025, 5, 1)),),
)  # fmt: skip
UNDATED = replace(RELEASED_TOY, releases=(ReleaseFact("toys/Toy", None),))


def released(subject=RELEASED_TOY, **conditions):
    said = Conditions(**conditions)
    return Case(claim("availability", None, None, conditions=said), subject, (SECOND,))


EXAMPLES = {
    "on the day": Example(
        released(dated=date(2025, 4, 5)), Outcome.SUPPORTED,
        "The first release on record is of 5 April 2025, as claimed. Released: Toy and Toy 2.",
    ),
    "on another day": Example(
        released(dated=date(2025, 4, 6)), Outcome.REFUTED,
        "The first release on record is of 5 April 2025, not 6 April 2025. "
        "Released: Toy and Toy 2.",
    ),
    "all that are named": Example(
        released(artefacts=["Toy", "Toy 2"]), Outcome.SUPPORTED,
        "What the claim names was released; releases on record: Toy and Toy 2.",
    ),
    "some that nobody released": Example(
        released(artefacts=["Toy", "Toy 8B", "Toy 70B"]), Outcome.REFUTED,
        "No release called Toy 8B or Toy 70B is on record; what was released is Toy and Toy 2.",
    ),
}  # fmt: skip


FURTHER_CASES = {
    "no release": Case(
        claim("availability", None, None, conditions=Conditions(artefacts=["Toy"])), TOY
    ),
    "names of another family": released(artefacts=["Lorry"]),
    "no name": released(),
    "releases without a day": replace(released(UNDATED, dated=date(2025, 4, 5)), family=()),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_availability(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize("name", FURTHER_CASES)
def test_without_a_release_or_a_name_to_look_for_nothing_is_said(name):
    assert judge(FURTHER_CASES[name]).rule == "untested/2"
