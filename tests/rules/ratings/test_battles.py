"""Ratings from battles held here."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis, Outcome
from kb.rules.case import Case
from kb.rules.ratings.battles import RULE
from tests.rules.examples import TOY, Example, check, claim, evidence, outcome

FOUGHT = Conditions(board="LMArena", compared_to=["Lorry", "Train"], rule="checks/1")


def battles(value, half=20, conditions=FOUGHT, **more):
    rating = evidence(
        "battle_elo", value, value - half, value + half,
        **{"n": 300, "n_unit": "battles", "conditions": conditions} | more,
    )  # fmt: skip
    said = claim("elo", 1400.0, "elo", conditions=Conditions(board="LMArena"))
    return Case(said, TOY, evidence=(rating,))


ENDING = "from 300 battles here against Lorry and Train, judged by checks/1."
VOTERS = "People who vote may prefer otherwise."
EXAMPLES = {
    "lower": Example(
        battles(1200.0), Outcome.OVERSTATED,
        "The claimed 1,400 is above the rating of the released weights: 1,200 (interval 1,180 to "
        "1,220), "
        f"{ENDING} {VOTERS}",
    ),
    "higher": Example(
        battles(1500.0), Outcome.SUPPORTED,
        "The claimed 1,400 is no higher than the rating of the released weights: 1,500 (interval "
        f"1,480 to 1,520), {ENDING} {VOTERS}",
    ),
    "about the same": Example(
        battles(1410.0, conditions=FOUGHT.model_copy(update={"rule": None})), Outcome.INCONCLUSIVE,
        "The claimed 1,400 is inside the interval of the rating of the released weights: 1,410 "
        f"(interval 1,390 to 1,430), from 300 battles here against Lorry and Train. {VOTERS}",
    ),
}  # fmt: skip


FURTHER_CASES = {"no contest": replace(battles(1200.0), evidence=())}


@pytest.mark.parametrize("name", EXAMPLES)
def test_battles(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize(
    "change",
    [
        {"low": None},
        {"n": None},
        {"basis": Basis.REPORTED_BY_OTHERS},
        {"conditions": Conditions(board="Elsewhere")},
    ],
)
def test_what_is_no_rating_of_ours_on_that_board_does_not_count(change):
    case = battles(1200.0)
    changed = replace(case, evidence=(replace(case.evidence[0], **change),))
    assert outcome(changed) is Outcome.UNTESTED


def test_the_largest_contest_counts():
    small, large = battles(1200.0), battles(1500.0, n=900, id="mea_large")
    both = replace(small, evidence=small.evidence + large.evidence)
    assert outcome(both) is Outcome.SUPPORTED
