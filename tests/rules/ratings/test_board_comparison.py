"""Comparisons on a leaderboard."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Outcome
from kb.rules.ratings.board_comparison import RULE
from tests.rules.examples import Example, check, judge, outcome
from tests.rules.ratings.boards import NEVER, PLAIN, make_case, rate, without_interval

KIND = {"kind": "benchmark_comparison", "value": None}
LORRY = replace(PLAIN, id="l/lorry", name="Lorry", vendor="Lorries")
TRAIN = replace(PLAIN, id="t/train", name="Train", vendor="Trains")


def against(*rivals, own=1300, text="ahead of Lorry and Train", found=(), day="2025-04-11"):
    names = ["Lorry", "Train"]
    board = Conditions(board="LMArena", compared_to=names)
    case = make_case(rate(2, PLAIN, own), *found, board=board, **KIND)
    said = replace(case.claim, claimed_text=text)
    rated = tuple(
        rate(model.name, model, value, day=day)
        for model, value in zip((LORRY, TRAIN), rivals, strict=False)
    )
    return replace(
        case, claim=said, rival_evidence=rated, compared=(("Lorry", LORRY), ("Train", TRAIN))
    )


ON = "On LMArena, which counts whose answers people prefer, on 11 April 2025:"
OWN = "Toy 2 1,300 (interval 1,290 to 1,310; reported by LMArena)"


def told(model, value):
    return f"{model} {value:,} (interval {value - 10:,} to {value + 10:,}; reported by LMArena)"


EXAMPLES = {
    "made with a variant": Example(
        make_case(rate(1, NEVER, 1400), rate(2, PLAIN, 1300), **KIND), Outcome.WRONG_ARTEFACT,
        "The comparison on LMArena was made with Toy-2-03-26-Experimental, whose weights were "
        "never released. That variant was rated 1,400 (interval 1,390 to 1,410) on 11 April 2025 "
        "from 1,000 votes (reported by LMArena). On the same day the board rated the released "
        "weights 1,300 (interval 1,290 to 1,310), 100 points lower (interval 86 to 114), which "
        "means an expected win rate of 36% against that variant.",
    ),
    "made with a variant, and the released weights trail": Example(
        against(1350, found=(rate(1, NEVER, 1400),)), Outcome.WRONG_ARTEFACT,
        "The comparison on LMArena was made with Toy-2-03-26-Experimental, whose weights were "
        "never released. That variant was rated 1,400 (interval 1,390 to 1,410) on 11 April 2025 "
        "from 1,000 votes (reported by LMArena). On the same day the board rated the released "
        "weights 1,300 (interval 1,290 to 1,310), 100 points lower (interval 86 to 114), which "
        "means an expected win rate of 36% against that variant. "
        f"{ON} {OWN}; {told('Lorry', 1350)}. On record here is no figure of "
        "the same test and day for Train.",
    ),
    "above all": Example(
        against(1250, 1200), Outcome.SUPPORTED,
        "Toy 2 is rated above Lorry and Train on LMArena. "
        f"{ON} {OWN}; {told('Lorry', 1250)}; {told('Train', 1200)}.",
    ),
    "below one": Example(
        against(1250, 1350), Outcome.REFUTED,
        "Toy 2 is rated below Train on LMArena. "
        f"{ON} {OWN}; {told('Lorry', 1250)}; {told('Train', 1350)}.",
    ),
    "intervals that overlap": Example(
        against(1250, 1310), Outcome.INCONCLUSIVE,
        "The ratings on LMArena leave it open. "
        f"{ON} {OWN}; {told('Lorry', 1250)}; {told('Train', 1310)}.",
    ),
    "one that nobody rates": Example(
        against(1250), Outcome.INCONCLUSIVE,
        "The ratings on LMArena leave it open. "
        f"{ON} {OWN}; {told('Lorry', 1250)}. On record here is no figure of "
        "the same test and day for Train.",
    ),
}  # fmt: skip
FURTHER_CASES = {
    "ahead of one and behind another": against(1350, 1200, text="trails Lorry, beats Train")
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_board_comparison(name):
    check(RULE, EXAMPLES[name])


def test_ahead_of_one_and_behind_another_is_not_read_as_ahead_of_both():
    case = FURTHER_CASES["ahead of one and behind another"]
    assert outcome(case) is Outcome.INCONCLUSIVE


def test_ratings_without_an_interval_decide_nothing():
    case = against(1250, 1200)
    bare = tuple(map(without_interval, case.rival_evidence))
    assert outcome(replace(case, rival_evidence=bare)) is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    "case",
    [
        make_case(rate(1, PLAIN, 1300), **KIND),
        make_case(rate(1, NEVER, 1400), board=Conditions(), **KIND),
        against(1250, 1200, day="2025-08-04"),
    ],
)
def test_without_a_variant_or_ratings_of_one_day_nothing_is_said(case):
    assert judge(case).rule == "untested/2"
