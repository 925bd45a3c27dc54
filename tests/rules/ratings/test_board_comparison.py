"""Comparisons on a leaderboard."""

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Outcome
from kb.rules.ratings.board_comparison import RULE
from tests.rules.examples import Example, check, judge
from tests.rules.ratings.boards import NEVER, PLAIN, make_case, rate

KIND = {"kind": "benchmark_comparison", "value": None}
EXAMPLES = {
    "made with a variant": Example(
        make_case(rate(1, NEVER, 1400), rate(2, PLAIN, 1300), **KIND), Outcome.WRONG_ARTEFACT,
        "The comparison on LMArena was made with Toy-2-03-26-Experimental, whose weights were "
        "never released. That variant was rated 1,400 (interval 1,390 to 1,410) on 11 April 2025 "
        "from 1,000 "
        "votes (reported by LMArena). The released weights were rated 1,300 (interval 1,290 to "
        "1,310) on 11 "
        "April 2025, 100 points lower, which means an expected win rate of 36% against that "
        "variant.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_board_comparison(name):
    check(RULE, EXAMPLES[name])


@pytest.mark.parametrize(
    "case",
    [
        make_case(rate(1, PLAIN, 1300), **KIND),
        make_case(rate(1, NEVER, 1400), board=Conditions(), **KIND),
    ],
)
def test_without_a_board_or_a_variant_on_it_nothing_is_said(case):
    assert judge(case).rule == "untested/1"
