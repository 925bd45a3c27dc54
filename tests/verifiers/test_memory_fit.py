"""Memory of a server: what its log says, what a watch sees, and predictions beside it."""

import subprocess
import sys
import time

import psutil
import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis
from verifiers.commands.measure_memory import make_rows
from verifiers.engines.memory_watch import MemoryWatch, read_tree_bytes
from verifiers.engines.start_log import StartFacts, parse_start
from verifiers.probes import memory_fit
from verifiers.probes.memory_fit import Measured

GIB, MIB, KIB = 1024**3, 1024**2, 1024
SMOL = {"model_type": "llama", "vocab_size": 49152, "hidden_size": 576, "intermediate_size": 1536,
        "num_hidden_layers": 30, "num_attention_heads": 9, "num_key_value_heads": 3,
        "head_dim": 64, "tie_word_embeddings": True, "dtype": "float32"}  # fmt: skip
CPU_LOG = """\
(Worker pid=1) INFO [weight_utils.py:1108] Filesystem type for checkpoints: EXT4. Checkpoint size: \
0.50 GiB. Available RAM: 20.77 GiB.
(Worker pid=1) INFO [cpu_worker.py:260] Explicitly set (4.0/18.34) GiB for KV cache on node 0.
(EngineCore pid=2) INFO [kv_cache_utils.py:2327] CPU KV cache size: 93,184 tokens, Maximum \
concurrency for 8,192 tokens per request: 11.38x
"""
GPU_LOG = """\
INFO [gpu_model_runner.py] Model loading took 15.0 GiB memory and 3.1 seconds
INFO [gpu_worker.py] Available KV cache memory: 52.25 GiB
INFO [kv_cache_utils.py] GPU KV cache size: 428,032 tokens
"""
# One reading of that server (vLLM 0.32, 2026-11-21): proportional memory of its four processes,
# after it had answered for twenty minutes. The other server had a window of 32,768.
RECORDED_BYTES = (7_907 + 699_215 + 626_019 + 5_839_926) * KIB
GEMMA_BYTES = (7_334 + 1_624_223 + 897_051 + 7_569_571) * KIB
GEMMA = {"model_type": "gemma3_text", "vocab_size": 262_144, "hidden_size": 640,
         "intermediate_size": 2048, "num_hidden_layers": 18, "num_attention_heads": 4,
         "num_key_value_heads": 1, "head_dim": 256, "sliding_window": 512,
         "_sliding_window_pattern": 6, "tie_word_embeddings": True}  # fmt: skip


def test_the_log_of_a_start_is_read():
    assert parse_start(CPU_LOG) == StartFacts(round(0.5 * GIB), 4 * GIB, 93_184)
    assert parse_start(GPU_LOG) == StartFacts(15 * GIB, round(52.25 * GIB), 428_032)
    assert parse_start("nothing of the kind") == StartFacts()


def test_the_prediction_is_near_a_recorded_server():
    found = memory_fit.predict(SMOL, "float32", 8192, 4, None)
    assert abs(found.peak_bytes / RECORDED_BYTES - 1) < 0.15
    assert found.cache_tokens == 93_184
    assert found.weights_bytes == 4 * 134_515_008


def test_windows_and_a_large_vocabulary_are_counted_in():
    """Gemma 3 270M: most layers keep 512 tokens, two processes hold a quarter million words."""
    found = memory_fit.predict(GEMMA, "float32", 32_768, 4, None)
    assert abs(found.peak_bytes / GEMMA_BYTES - 1) < 0.15
    assert found.cache_tokens == pytest.approx(495_695, rel=0.02)
    assert found.weights_bytes == 4 * 268_098_176


def test_with_a_gpu_the_cache_is_what_is_left():
    found = memory_fit.predict({**SMOL, "dtype": "bfloat16"}, "auto", 8192, 4, 80 * GIB)
    assert found.peak_bytes == round(80 * GIB * 0.92)
    assert found.weights_bytes == 2 * 134_515_008
    none = memory_fit.predict({"model_type": "unheard_of"}, "auto", 8192, 4, None)
    assert none is None


@pytest.mark.parametrize(
    ("config", "dtype", "found"),
    [
        ({"torch_dtype": "bfloat16"}, "auto", "bf16"),
        ({"text_config": {"dtype": "float32"}}, "auto", "float32"),
        ({"dtype": "bfloat16"}, "float32", "float32"),
        ({}, "auto", "bf16"),
    ],
)
def test_the_number_format_is_that_of_the_weights_or_of_the_engine(config, dtype, found):
    assert memory_fit.find_dtype(config, dtype) == found


def test_a_watch_sees_what_a_child_of_a_child_takes():
    """A real process tree: the grandchild holds 200 MiB for a while, then lets them go."""
    held = 200 * MIB
    grandchild = f"import time; x = b'1' * {held}; time.sleep(1.5); del x; time.sleep(30)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    process = subprocess.Popen([sys.executable, "-c", child])
    try:
        with MemoryWatch(on_gpu=False) as watch:
            watch.begin(process.pid)
            deadline = time.monotonic() + 20
            while watch.peak.bytes < held and time.monotonic() < deadline:
                time.sleep(0.1)
            time.sleep(2.5)
        peak, now = watch.peak, read_tree_bytes(process.pid, {})
    finally:
        for each in psutil.Process(process.pid).children(recursive=True):
            each.kill()
        process.kill()
        process.wait()
    assert held < peak.bytes < held + 100 * MIB
    assert peak.high_bytes >= peak.bytes
    assert peak.samples >= 3
    assert now < held


def test_a_watch_of_a_process_that_ended_says_nothing():
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    process.wait()
    assert read_tree_bytes(process.pid, {}) == 0


def test_results_stand_beside_their_predictions():
    served = Measured(8192, None, None, RECORDED_BYTES, RECORDED_BYTES + GIB, 40, GIB // 2, 93_184,
                      8191)  # fmt: skip
    words = "To serve at least one request with the models's max seq len"
    refused = Measured(65_536, memory_fit.OUT_OF_MEMORY, words)
    predicted = {8192: memory_fit.predict(SMOL, "float32", 8192, 4, None), 65_536: None}
    results = memory_fit.make_results([served, refused], predicted, "float32", "two cores, 20 GiB")
    for each in results:
        assert each.n and each.n_unit
        assert each.conditions.hardware == "two cores, 20 GiB"
        if each.value is not None:
            assert each.low <= each.value <= each.high
    bases = {each.metric: each.basis for each in results}
    assert bases["peak_memory"] is Basis.MEASURED_HERE
    assert bases["predicted_memory"] is Basis.READ_FROM_RELEASE
    small, large = make_rows(results)
    assert abs(small["peak_memory_error"]) < 0.15
    assert small["cache_capacity_error"] == 0
    assert large["hardware_fit"] == "out of memory"
    assert words in large["words"]
    assert "peak_memory" not in large


def test_conditions_of_a_window_tell_results_apart():
    two = [Measured(window, None, None, GIB, GIB, 3) for window in (512, 2048)]
    results = memory_fit.make_results(two, {}, "float32", "here")
    kept = {(each.metric, str(each.conditions.as_stored())) for each in results}
    assert len(kept) == len(results) == 4
    assert isinstance(results[0].conditions, Conditions)


def test_the_recipe_has_its_windows_once_and_in_order():
    assert memory_fit.make_parameters((4096, 1024, 4096)) == {"windows": [1024, 4096]}
    assert memory_fit.make_parameters() == {"windows": [512, 2048, 8192]}
