"""Climbs by two rules: what they find, what they cost, and that they go on where they were."""

import numpy as np
import pytest

from verifiers.sequential.climb import Climb, ClimbTerms, LengthRule
from verifiers.sequential.ladder import Mode, count_next_rounds

LENGTHS = (512, 1024, 2048, 4096, 8192)
ABSOLUTE, RELATIVE = LengthRule("absolute", constant=0.856), LengthRule("relative", share=0.85)
TASKS = 13


def make_terms(**more):
    settled = {"budget_tokens": 10**12, "most_rounds": 500, **more}
    return ClimbTerms(LENGTHS, TASKS + 1, **settled)


def answer(means, seed, asked):
    """Scores of one round: the same whenever it is asked."""
    length, number = asked
    random = np.random.default_rng([seed, length, number])
    return (random.random(TASKS) < means[length]).astype(float)


def climb_to_the_end(means, terms, seed=0, known=None):
    climb = Climb(terms, (ABSOLUTE, RELATIVE))
    asked = []
    while rounds := climb.next_rounds():
        asked += [wanted for wanted in rounds if not known or wanted not in known]
        climb.take({wanted: answer(means, seed, wanted) for wanted in rounds})
    return climb, asked


def find(climb):
    return [(line.outcome.shown, line.outcome.possible) for line in climb.lines]


def means(*values):
    return dict(zip(LENGTHS, values, strict=True))


@pytest.mark.parametrize(
    ("scores", "absolute", "relative"),
    [
        (means(0.99, 0.98, 0.97, 0.97, 0.96), 8192, 8192),
        (means(0.98, 0.97, 0.5, 0.3, 0.1), 1024, 1024),
        (means(0.6, 0.6, 0.58, 0.2, 0.1), 0, 2048),
        (means(0.6, 0.3, 0.1, 0.0, 0.0), 0, 512),
        (means(0.97, 0.96, 0.5, 0.97, 0.96), 1024, 1024),
    ],
)
def test_both_rules_are_decided_on_the_same_answers(scores, absolute, relative):
    climb, _ = climb_to_the_end(scores, make_terms())
    assert find(climb) == [(absolute, absolute), (relative, relative)]
    assert all(length in climb.scores for length in LENGTHS)
    grid = 500 * TASKS * sum(LENGTHS)
    assert climb.spent_tokens < grid / 6


def test_the_same_climb_goes_on_where_it_was_broken_off():
    scores = means(0.95, 0.9, 0.8, 0.5, 0.2)
    whole, asked = climb_to_the_end(scores, make_terms())
    for at in (1, len(asked) // 2, len(asked) - 1):
        again, rest = climb_to_the_end(scores, make_terms(), known=set(asked[:at]))
        assert rest == asked[at:]
        assert (again.asked, find(again)) == (whole.asked, find(whole))


def test_a_budget_is_kept_and_what_is_open_is_said():
    terms = make_terms(budget_tokens=60_000)
    climb, _ = climb_to_the_end(means(0.9, 0.86, 0.85, 0.8, 0.7), terms)
    assert climb.spent_tokens <= 60_000
    assert not all(line.outcome.is_decided for line in climb.lines)
    assert 8192 not in climb.scores  # two thirds of the budget don't reach so far


def test_a_model_that_answers_nothing_proves_nothing_by_its_own_score():
    climb, _ = climb_to_the_end(means(0, 0, 0, 0, 0), make_terms(most_rounds=20))
    assert find(climb) == [(0, 0), (512, 8192)]


def test_the_relative_rule_errs_no_more_than_it_says():
    """Every longer score is exactly 85% of the first: any verdict below the top is wrong."""
    scores = means(0.8, 0.68, 0.68, 0.68, 0.68)
    wrong = 0
    for seed in range(200):
        terms = make_terms(most_rounds=40, alpha=0.2)
        relative = climb_to_the_end(scores, terms, seed)[0].lines[1].outcome
        wrong += relative.possible < 8192
    assert wrong <= 0.1 * 200


def test_the_ratio_test_decides_at_the_end_in_any_case():
    terms = make_terms(mode=Mode.SPRT, most_rounds=60, alpha=0.02)
    climb, _ = climb_to_the_end(means(0.97, 0.96, 0.86, 0.5, 0.2), terms)
    assert all(line.outcome.is_decided for line in climb.lines)
    assert find(climb)[0][0] in (1024, 2048)


def test_rounds_come_in_order():
    climb = Climb(make_terms(), (ABSOLUTE, RELATIVE))
    with pytest.raises(ValueError, match="comes after 0 rounds"):
        climb.take({(512, 1): [1.0] * TASKS})
    with pytest.raises(ValueError, match="split among 2"):
        Climb(make_terms(), (ABSOLUTE,))
    assert [count_next_rounds(number) for number in (0, 15, 32, 160)] == [1, 1, 2, 10]
