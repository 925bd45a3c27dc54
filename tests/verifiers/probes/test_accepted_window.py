"""The context limit: which windows are tried, what fills one, and what is said of the others."""

from kb.domain.drafts import Conditions
from verifiers.probes import accepted_window
from verifiers.probing.claim_under_test import ClaimUnderTest
from verifiers.probing.probe import Effort


def make_parameters(tokens, profile):
    claim = ClaimUnderTest("context_length", tokens)
    return accepted_window.PROBE.make_parameters(claim, Effort(profile))


def test_windows_fall_to_what_the_engine_thinks_possible_else_to_half():
    assert accepted_window.find_next_window(16384, 8192) == 8192
    assert accepted_window.find_next_window(16384, None) == 8192
    assert accepted_window.find_next_window(16384, 16384) == 8192
    assert accepted_window.find_next_window(16384, 100_000) == 8192
    assert accepted_window.find_next_window(400, None) is None
    assert accepted_window.find_next_window(512, 1) == 256


def test_a_long_story_of_refusals_fits_the_record():
    parameters = make_parameters(10_000_000, "full")
    stopped = [f"{n}: crash, “{'x' * 400}”" for n in range(16)]
    result = accepted_window.make_result(parameters, 1000, 990, stopped)
    assert Conditions.model_validate(result.conditions.as_stored()) == result.conditions
    assert result.value == 1000


def test_windows_above_a_quick_cap_are_said_not_to_be_tried():
    parameters = make_parameters(32_768, "quick")
    assert parameters["first_window"] == 2048
    result = accepted_window.make_result(parameters, 2048, 2000, [])
    assert "higher context limits were not tried" in result.conditions.note
    assert make_parameters(8192, "full")["first_window"] == 16384


def test_a_question_fills_the_window():
    def encode(instruction, prefix):
        return tuple(range(len(f"{instruction} {prefix}".split())))

    question = accepted_window.make_question(2048, 1, encode)
    assert 2048 * 0.97 <= len(question.prompt) + question.max_tokens <= 2048
