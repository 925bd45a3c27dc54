"""Climbs by two rules: what they find, what they cost, and that they go on where they were."""

from random import Random

import numpy as np
import pytest

from kb.domain.errors import UserError
from verifiers.probes import context_ladder
from verifiers.probes.ladder_results import make_results
from verifiers.scoring.length_rules import RULES, NamedRule, check_scores
from verifiers.sequential.climb import Climb, LengthRule, Terms
from verifiers.sequential.ladder import Mode, count_next_rounds

LENGTHS = (512, 1024, 2048, 4096, 8192)
ABSOLUTE, RELATIVE = LengthRule("absolute", constant=0.856), LengthRule("relative", share=0.85)
TASKS = 13


def make_terms(**more):
    settled = {"budget_tokens": 10**12, "most_rounds": 500, **more}
    return Terms(LENGTHS, TASKS + 1, **settled)


def answer(means, seed, asked):
    """Scores of one round: the same whenever it is asked."""
    length, number = asked
    random = np.random.default_rng([seed, length, number])
    return (random.random(TASKS) < means[length]).astype(float)


def climb_to_the_end(means, terms, seed=0, known=None):
    climb = Climb(terms, (ABSOLUTE, RELATIVE))
    asked = []
    while rounds := climb.next_rounds():
        asked += [each for each in rounds if not known or each not in known]
        climb.take({each: answer(means, seed, each) for each in rounds})
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
    assert [count_next_rounds(each) for each in (0, 15, 32, 160)] == [1, 1, 2, 10]


def test_a_threshold_of_other_tasks_or_another_scorer_is_refused():
    absolute, relative = RULES
    check_scores(absolute, absolute.tasks, absolute.scorer)
    with pytest.raises(UserError, match="made with the scorer recall/1, these scores with exact/2"):
        check_scores(absolute, absolute.tasks, "exact/2")
    with pytest.raises(UserError, match="made with the tasks ruler/1, these scores with"):
        check_scores(NamedRule("absolute", 0.856, "ruler/1"), relative.tasks, relative.scorer)
    assert absolute.scorer in absolute.label
    assert absolute.tasks in relative.label
    assert RULES[0].label.startswith("absolute: a mean of 85.6% over")
    bent = {**context_ladder.make_parameters(8192, "full"), "scorer": "first_number/1"}
    with pytest.raises(UserError, match="can't be compared"):
        context_ladder.make_climb(bent, 8192)


def climb_probe(parameters, right, window=10**9):
    climb = context_ladder.make_climb(parameters, window)
    random, answers = Random(3), {}
    while rounds := climb.next_rounds():
        for item in context_ladder.list_items(rounds):
            answers[item] = float(random.random() < right(int(item.split("/")[0])))
        scores = {each: context_ladder.list_round_scores(answers, each) for each in rounds}
        climb.take(scores)
    return make_results(parameters, climb, answers)


def test_results_hold_both_rules_intervals_and_cost():
    parameters = context_ladder.make_parameters(8192, "full")
    results = climb_probe(parameters, lambda length: 0.98 if length <= 2048 else 0.1)
    scores = [each for each in results if each.metric == "length_score"]
    assert [each.conditions.context_tokens for each in scores] == list(LENGTHS)
    assert all(each.low <= each.value <= each.high and each.n % 13 == 0 for each in scores)
    assert all(each.high - each.low > 0.01 for each in scores)
    families = {each.metric for each in results if each.metric.startswith("length_score.")}
    assert families == {
        "length_score.retrieval", "length_score.tracing", "length_score.aggregation",
        "length_score.question_answering", "length_score.no_shared_words",
    }  # fmt: skip
    absolute, relative = (each for each in results if each.metric == "effective_context")
    assert (absolute.low, absolute.value, absolute.high) == (2048, 2048, 2048)
    assert (relative.low, relative.high) == (2048, 2048)
    assert "wrong with at most 2.5%, both rules together 5%" in absolute.conditions.note
    (cost,) = (each for each in results if each.metric == "ladder_cost")
    assert 0 < cost.value < 1 / 6


def test_what_was_not_asked_is_open_and_said():
    parameters = context_ladder.make_parameters(32_768, "full", budget_tokens=120_000)
    results = climb_probe(parameters, lambda length: 0.9)
    for each in (each for each in results if each.metric == "effective_context"):
        assert each.high == 32_768
        assert "16,384, 32,768 tokens were not asked" in each.conditions.note
        assert "not decided with the budget of 120,000" in each.conditions.note


def test_windows_that_are_not_served_are_not_asked():
    parameters = context_ladder.make_parameters(32_768, "full", budget_tokens=3_000_000)
    results = climb_probe(parameters, lambda length: 1.0, window=4096)
    assert max(each.conditions.context_tokens or 0 for each in results) == 4096
    effective = [each for each in results if each.metric == "effective_context"]
    assert {each.low for each in effective} == {4096}
    assert {each.high for each in effective} == {32_768}


def test_one_length_alone_cannot_be_held_against_itself():
    parameters = context_ladder.make_parameters(512, "full")
    absolute, relative = (
        each for each in climb_probe(parameters, lambda length: 0.99)
        if each.metric == "effective_context"
    )  # fmt: skip
    assert (absolute.low, relative.low, relative.high) == (512, 0, 512)
    assert "no shorter text" in relative.conditions.note


def test_ladders_double_up_to_the_claim():
    assert context_ladder.make_parameters(8192, "full")["lengths"] == list(LENGTHS)
    assert context_ladder.make_parameters(600, "full")["lengths"] == [600]
    assert context_ladder.make_parameters(32_768, "quick")["lengths"] == [512, 1024, 2048]
    ten_million = context_ladder.make_parameters(10_000_000, "full")["lengths"]
    assert ten_million[-1] == 10_000_000
    assert 4096 <= ten_million[0] < 8192
