"""Why a window is not served: the engine's own words, without this machine's paths."""

import pytest

from kb.domain.drafts import Conditions
from verifiers.engines.refusals import Obstacle, parse_refusal
from verifiers.probes import accepted_window

LIMIT = """
  File "/home/me/.venv/lib/python3.11/site-packages/vllm/engine/arg_utils.py", line 1955
  Value error, User-specified max_model_len (16384) is greater than the derived max_model_len \
(max_position_embeddings=8192.0 or model_max_length=None in model's config.json). To allow this
"""
MEMORY = """
ValueError: To serve at least one request with the model's max seq len (8192), (0.38 GiB KV cache \
is needed, which is larger than the available KV cache memory (0.07 GiB). Based on the available \
memory, the estimated maximum model length is 1600. Try increasing `gpu_memory_utilization`
"""
TIGHT = "ValueError: No available memory for the cache blocks. Try increasing it\n"
CRASH = """
Traceback (most recent call last):
  File "/srv/x/model.py", line 3, in load
OSError: cannot read /srv/weights/model.safetensors: broken
INFO shutting down
"""


@pytest.mark.parametrize(
    ("log", "obstacle", "estimate", "words"),
    [
        (LIMIT, Obstacle.LIMIT, 8192, "User-specified max_model_len (16384)"),
        (MEMORY, Obstacle.MEMORY, 1600, "0.38 GiB KV cache is needed"),
        (TIGHT, Obstacle.MEMORY, None, "No available memory"),
        (CRASH, Obstacle.CRASH, None, "OSError: cannot read …: broken"),
        ("", Obstacle.CRASH, None, "it said nothing"),
        ("Killed\n", Obstacle.CRASH, None, "Killed"),
    ],
)
def test_the_engine_is_quoted(log, obstacle, estimate, words):
    refusal = parse_refusal(16384, log)
    assert (refusal.obstacle, refusal.estimate_tokens) == (obstacle, estimate)
    assert words in refusal.words
    assert "/" not in refusal.words.replace("KV/", "")
    assert len(refusal.words) <= 400


def test_windows_fall_to_what_the_engine_thinks_possible_else_to_half():
    assert accepted_window.find_next_window(16384, 8192) == 8192
    assert accepted_window.find_next_window(16384, None) == 8192
    assert accepted_window.find_next_window(16384, 16384) == 8192
    assert accepted_window.find_next_window(16384, 100_000) == 8192
    assert accepted_window.find_next_window(400, None) is None
    assert accepted_window.find_next_window(512, 1) == 256


def test_a_long_story_of_refusals_fits_the_record():
    parameters = accepted_window.make_parameters(10_000_000, "full")
    stopped = [f"{n}: crash, “{'x' * 400}”" for n in range(16)]
    (result,) = accepted_window.make_results(parameters, 1000, 990, stopped)
    assert Conditions.model_validate(result.conditions.as_stored()) == result.conditions
    assert result.value == 1000


def test_windows_above_a_quick_cap_are_said_not_to_be_tried():
    parameters = accepted_window.make_parameters(32_768, "quick")
    assert parameters["first_window"] == 2048
    (result,) = accepted_window.make_results(parameters, 2048, 2000, [])
    assert "longer windows were not tried" in result.conditions.note
    assert accepted_window.make_parameters(8192, "full")["first_window"] == 16384


def test_a_question_fills_the_window():
    def encode(instruction, prefix):
        return tuple(range(len(f"{instruction} {prefix}".split())))

    question = accepted_window.make_question(2048, 1, encode)
    assert 2048 * 0.97 <= len(question.prompt) + question.max_tokens <= 2048
