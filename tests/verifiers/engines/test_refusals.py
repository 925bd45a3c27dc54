"""Why a window is not served: the engine's own words, without this machine's paths."""

import pytest

from verifiers.engines.refusals import Obstacle, parse_refusal

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
