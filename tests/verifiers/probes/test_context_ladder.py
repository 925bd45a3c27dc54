"""Effective context: what a plan asks, and what its results say."""

from random import Random

import pytest

from kb.domain.errors import UserError
from verifiers.probes.context_ladder import climbing
from verifiers.probes.context_ladder.results import make_results
from verifiers.scoring.length_rules import RULES, NamedRule, check_scores

LENGTHS = (512, 1024, 2048, 4096, 8192)


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
    bent = {**climbing.make_parameters(8192, "full"), "scorer": "first_number/1"}
    with pytest.raises(UserError, match="can't be compared"):
        climbing.make_climb(bent, 8192)


def climb_probe(parameters, right, window=10**9):
    climb = climbing.make_climb(parameters, window)
    random, answers = Random(3), {}
    while rounds := climb.next_rounds():
        for item in climbing.list_items(rounds):
            answers[item] = float(random.random() < right(int(item.split("/")[0])))
        scores = {asked: climbing.list_round_scores(answers, asked) for asked in rounds}
        climb.take(scores)
    return make_results(parameters, climb, answers)


def test_results_hold_both_rules_intervals_and_cost():
    parameters = climbing.make_parameters(8192, "full")
    results = climb_probe(parameters, lambda length: 0.98 if length <= 2048 else 0.1)
    scores = [result for result in results if result.metric == "length_score"]
    assert [result.conditions.context_tokens for result in scores] == list(LENGTHS)
    assert all(
        result.low <= result.value <= result.high and result.n % 13 == 0 for result in scores
    )
    assert all(result.high - result.low > 0.01 for result in scores)
    metrics = {result.metric for result in results}
    families = {metric for metric in metrics if metric.startswith("length_score.")}
    assert families == {
        "length_score.retrieval", "length_score.tracing", "length_score.aggregation",
        "length_score.question_answering", "length_score.no_shared_words",
    }  # fmt: skip
    absolute, relative = (result for result in results if result.metric == "effective_context")
    assert (absolute.low, absolute.value, absolute.high) == (2048, 2048, 2048)
    assert (relative.low, relative.high) == (2048, 2048)
    assert (
        "error rate at most 2.5% for this rule and 5% for both together" in absolute.conditions.note
    )
    (cost,) = (result for result in results if result.metric == "ladder_cost")
    assert 0 < cost.value < 1 / 6


def test_what_was_not_asked_is_open_and_said():
    parameters = climbing.make_parameters(32_768, "full", budget_tokens=120_000)
    results = climb_probe(parameters, lambda length: 0.9)
    for result in (result for result in results if result.metric == "effective_context"):
        assert result.high == 32_768
        assert "no questions were asked at " in result.conditions.note
        assert "16,384 or 32,768 tokens" in result.conditions.note
        assert "not settled within the budget of 120,000" in result.conditions.note


def test_windows_that_are_not_served_are_not_asked():
    parameters = climbing.make_parameters(32_768, "full", budget_tokens=3_000_000)
    results = climb_probe(parameters, lambda length: 1.0, window=4096)
    assert max(result.conditions.context_tokens or 0 for result in results) == 4096
    effective = [result for result in results if result.metric == "effective_context"]
    assert {result.low for result in effective} == {4096}
    assert {result.high for result in effective} == {32_768}


def test_one_length_alone_cannot_be_held_against_itself():
    parameters = climbing.make_parameters(512, "full")
    absolute, relative = (
        result for result in climb_probe(parameters, lambda length: 0.99)
        if result.metric == "effective_context"
    )  # fmt: skip
    assert (absolute.low, relative.low, relative.high) == (512, 0, 512)
    assert "no shorter text" in relative.conditions.note


def test_ladders_double_up_to_the_claim():
    assert climbing.make_parameters(8192, "full")["lengths"] == list(LENGTHS)
    assert climbing.make_parameters(600, "full")["lengths"] == [600]
    assert climbing.make_parameters(32_768, "quick")["lengths"] == [512, 1024, 2048]
    ten_million = climbing.make_parameters(10_000_000, "full")["lengths"]
    assert ten_million[-1] == 10_000_000
    assert 4096 <= ten_million[0] < 8192
