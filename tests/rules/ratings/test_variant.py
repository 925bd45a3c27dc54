"""Whether what was tested is what was released."""

from dataclasses import replace

import pytest

from kb.domain.outcomes import Outcome
from kb.rules.ratings.variant import RULE
from tests.rules.examples import Example, check, judge
from tests.rules.ratings.boards import NEVER, PLAIN, make_case, rate, without_interval

THAT = (
    "The model rated 1,400 is not the one released: it is Toy-2-03-26-Experimental, whose weights "
    "were never released. That variant was rated 1,400 (interval 1,390 to 1,410) on 11 April 2025 "
    "from 1,000 "
    "votes (reported by LMArena)."
)
EXAMPLES = {
    "another one": Example(
        make_case(rate(1, NEVER, 1400), rate(2, PLAIN, 1300), kind="variant", value=None),
        Outcome.REFUTED,
        f"{THAT} On the same day the board rated the released weights 1,300 (interval 1,290 to "
        "1,310), 100 points lower (interval 86 to 114), which means an expected win rate of 36% "
        "against that variant.",
    ),
    "nobody rates the released one": Example(
        make_case(rate(1, NEVER, 1400), kind="variant", value=None), Outcome.REFUTED, THAT
    ),
    "and the released one is better": Example(
        make_case(
            rate(1, NEVER, 1400), without_interval(rate(2, PLAIN, 1500)), kind="variant", value=None
        ),
        Outcome.REFUTED,
        f"{THAT} On the same day the board rated the released weights 1,500, 100 points higher, "
        "which means an expected win rate of 64% against that variant.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_variant(name):
    check(RULE, EXAMPLES[name])


def test_without_an_unreleased_variant_nothing_is_said():
    assert judge(make_case(rate(1, PLAIN, 1300), kind="variant", value=None)).rule == "untested/2"


def test_a_verdict_is_told_although_its_models_were_renamed_since():
    verdict = judge(
        make_case(rate(1, NEVER, 1400), rate(2, PLAIN, 1300), kind="variant", value=None)
    )
    renamed = [
        replace(one, model=replace(one.model, name=f"New {one.model.name}"))
        for one in verdict.evidence
    ]
    told = RULE.say(replace(verdict, model="New Toy 2", evidence=tuple(renamed)))
    assert told.startswith("The model rated 1,400 is not the one released: it is New Toy-2-03")
    assert "1,400 (interval 1,390 to 1,410)" in told
