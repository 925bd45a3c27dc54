"""The context probe: prompts fill their rung, results claim no more than was shown."""

import re

import pytest

from kb.domain.results import Answer
from verifiers.probes.context_window import (
    ANSWER_TOKENS,
    THRESHOLD,
    has_failed,
    list_items,
    make_parameters,
    make_question,
    make_results,
)


def encode(instruction, prefix):
    """A toy tokenizer: a token a word."""
    return tuple(hash(word) % 1000 for word in f"{instruction} {prefix}".split())


def answers(rung, right, count):
    return [Answer(f"{rung}/{i}", rung, rung - 16, i < right) for i in range(count)]


def results_of(curve, claimed=8192):
    rungs = {rung: answers(rung, *score) for rung, score in curve.items()}
    longest = Answer("x", max(rungs), max(rungs) - 16, True)
    found = make_results({"claimed_tokens": claimed}, rungs, longest)
    return {result.metric: result for result in found}


@pytest.mark.parametrize("rung", [128, 1024, 5000])
def test_prompts_fill_their_rung(rung):
    for item in list_items(rung, 4, seed=1):
        question = make_question(item, 1, encode)
        assert rung - ANSWER_TOKENS - 30 <= len(question.prompt) <= rung - ANSWER_TOKENS


def test_depths_are_spread_evenly_and_seeded():
    items = list_items(1024, 10, seed=1)
    assert sorted(item.depth for item in items) == pytest.approx([i / 10 + 0.05 for i in range(10)])
    assert items == list_items(1024, 10, seed=1) != list_items(1024, 10, seed=2)


def test_a_question_can_be_answered_from_its_text():
    seen = {}

    def remember(instruction, prefix):
        seen["text"], seen["prefix"] = instruction, prefix
        return encode(instruction, prefix)

    for item in list_items(512, 6, seed=3):
        question = make_question(item, 3, remember)
        numbers = re.findall(r"\d+", seen["text"])
        assert numbers == [question.expected]
        thing = re.search(r"What is the (.+) mentioned", seen["text"])[1]
        assert f"the {thing} is {question.expected}" in seen["text"]
        assert thing in seen["prefix"]


def test_ladders_double_up_to_the_claim():
    quick = make_parameters(8192, "quick")
    assert quick["rungs"] == [1024, 2048, 4096, 8192]
    assert make_parameters(500, "quick")["rungs"] == [500]
    assert make_parameters(32768, "quick")["rungs"][-1] < 32768
    assert make_parameters(131072, "full")["rungs"][-1] == 131072


def test_all_right_is_shown_only_where_the_interval_says_so():
    found = results_of({1024: (22, 22), 2048: (11, 11), 8192: (3, 3)})
    effective = found["effective_context"]
    assert (effective.low, effective.value, effective.high) == (1024, 8192, 8192)


def test_a_failing_rung_bounds_the_length():
    effective = results_of({1024: (22, 22), 2048: (3, 20)})["effective_context"]
    assert (effective.low, effective.value, effective.high) == (1024, 1024, 1024)


def test_nothing_shown_at_all():
    effective = results_of({1024: (0, 20)})["effective_context"]
    assert (effective.low, effective.value, effective.high) == (0, 0, 0)


def test_rungs_below_the_claim_leave_the_top_open():
    found = results_of({1024: (22, 22), 2048: (11, 11)}, claimed=32768)
    assert found["effective_context"].high == 32768
    assert "not tried" in found["accepted_context"].conditions.note


def test_only_a_decided_failure_stops_the_ladder():
    assert has_failed(answers(1024, 2, 10))
    assert not has_failed(answers(1024, 8, 10))
    assert not has_failed([])
    assert THRESHOLD == 0.85
