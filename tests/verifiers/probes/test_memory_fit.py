"""Memory needed: predictions beside what was recorded, and the results of both."""

import pytest

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis
from tests.verifiers.vllm_samples import SMOL
from verifiers.commands.measure_memory import make_rows
from verifiers.probes.memory_fit import results as memory_fit
from verifiers.probes.memory_fit.probe import make_parameters
from verifiers.probes.memory_fit.results import WindowMeasured

GIB, KIB = 1024**3, 1024
# One reading of that server (vLLM 0.32, 2026-11-21): proportional memory of its four processes,
# after it had answered for twenty minutes. The other server had a window of 32,768.
RECORDED_BYTES = (7_907 + 699_215 + 626_019 + 5_839_926) * KIB
GEMMA_BYTES = (7_334 + 1_624_223 + 897_051 + 7_569_571) * KIB
GEMMA = {"model_type": "gemma3_text", "vocab_size": 262_144, "hidden_size": 640,
         "intermediate_size": 2048, "num_hidden_layers": 18, "num_attention_heads": 4,
         "num_key_value_heads": 1, "head_dim": 256, "sliding_window": 512,
         "_sliding_window_pattern": 6, "tie_word_embeddings": True}  # fmt: skip


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


def test_results_stand_beside_their_predictions():
    high = RECORDED_BYTES + GIB
    served = WindowMeasured(8192, None, None, RECORDED_BYTES, high, 40, GIB // 2, 93_184, 8191)
    words = "To serve at least one request with the models's max seq len"
    refused = WindowMeasured(65_536, memory_fit.OUT_OF_MEMORY, words)
    predicted = {8192: memory_fit.predict(SMOL, "float32", 8192, 4, None), 65_536: None}
    results = memory_fit.make_results([served, refused], predicted, "float32", "two cores, 20 GiB")
    for result in results:
        assert result.n and result.n_unit
        assert result.conditions.hardware == "two cores, 20 GiB"
        if result.value is not None:
            assert result.low <= result.value <= result.high
    bases = {result.metric: result.basis for result in results}
    assert bases["peak_memory"] is Basis.MEASURED_HERE
    assert bases["predicted_memory"] is Basis.READ_FROM_RELEASE
    small, large = make_rows(results)
    assert abs(small["peak_memory_error"]) < 0.15
    assert small["cache_capacity_error"] == 0
    assert large["hardware_fit"] == "out of memory"
    assert words in large["words"]
    assert "peak_memory" not in large


def test_conditions_of_a_window_tell_results_apart():
    two = [WindowMeasured(window, None, None, GIB, GIB, 3) for window in (512, 2048)]
    results = memory_fit.make_results(two, {}, "float32", "here")
    kept = {(result.metric, str(result.conditions.as_stored())) for result in results}
    assert len(kept) == len(results) == 4
    assert isinstance(results[0].conditions, Conditions)


def test_a_plan_has_its_windows_once_and_in_order():
    assert make_parameters((4096, 1024, 4096)) == {"windows": [1024, 4096]}
    assert make_parameters() == {"windows": [512, 2048, 8192]}
