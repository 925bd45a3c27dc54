"""Memory by arithmetic: GPUs with sources, caches of each kind, and what fits."""

from pathlib import Path

import pytest
import yaml

from kb.domain.errors import UserError
from kb.models.architectures import make_shape
from kb.models.memory import (
    CPU_DEFAULTS,
    Machine,
    compute_cache_bytes,
    compute_cache_capacity,
    compute_weights_bytes,
    find_gpu,
    find_longest,
    find_precision,
    get_gpu_defaults,
    load_gpus,
    make_shape_results,
    parse_machine,
    predict_need,
)

TABLE = yaml.safe_load(Path(__file__).with_name("published_shapes.yml").read_text())
CONFIGS = {model["name"]: model["config"] for model in TABLE["models"]}
GIB = 1024**3
H100 = Machine(find_gpu("H100"))


def longest(name, precision, machine=H100):
    engine = get_gpu_defaults(machine.gpu.memory_bytes)
    shape = make_shape(CONFIGS[name])
    memory = machine.memory_bytes
    return find_longest(shape, find_precision(precision), memory, engine, machine.count)


def test_every_gpu_has_a_source_and_memory_near_its_name():
    for gpu in load_gpus():
        assert gpu.source.startswith("https://")
        assert gpu.read_on in ("2026-11-21", "2026-11-28")
        assert 14 * GIB < gpu.memory_bytes < 200 * GIB
    assert find_gpu("h100 80gb").memory_bytes == 81559 * 1024**2


@pytest.mark.parametrize(
    ("name", "capacity_gb"),
    [("H200", 141), ("H100 NVL", 94), ("B200", 180), ("MI300X", 192)],
)
def test_reported_memory_is_within_a_tenth_of_the_stated_capacity(name, capacity_gb):
    """What a driver reports is near the round figure; a figure in the wrong unit is not."""
    assert find_gpu(name).memory_bytes == pytest.approx(capacity_gb * 1e9, rel=0.1)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("one NVIDIA H100", "one NVIDIA H100"),
        ("a single H100 GPU", "one NVIDIA H100"),
        ("single NVIDIA H100", "one NVIDIA H100"),
        ("8x NVIDIA H100", "8x NVIDIA H100"),
        ("eight H200 GPUs", "8x NVIDIA H200"),
        ("A100 80GB", "one NVIDIA A100 80GB"),
        ("two NVIDIA H100 NVL", "2x NVIDIA H100 NVL"),
        ("8x AMD MI300X", "8x AMD MI300X"),
        ("two NVIDIA H100 PCIe", None),
        ("A100", None),
        ("one host with 8 GPUs", None),
        ("0 H100", None),
        ("", None),
    ],
)
def test_machines_are_read_from_words(words, name):
    machine = parse_machine(words)
    assert (machine and machine.name) == name


def test_unknown_gpus_and_precisions_are_told():
    with pytest.raises(UserError, match="known are NVIDIA H100"):
        find_gpu("H9000")
    with pytest.raises(UserError, match="known are float32, bf16"):
        find_precision("int3")


def test_scout_fits_one_h100_in_four_bits_alone():
    """The claim of its card, and what it leaves out: how long a text then fits."""
    assert longest("Llama 4 Scout", "bf16").high == 0
    assert longest("Llama 4 Scout", "fp8").high == 0
    fits = longest("Llama 4 Scout", "int4")
    assert 0 < fits.low < fits.value < fits.high < 10_000_000
    weights = compute_weights_bytes(make_shape(CONFIGS["Llama 4 Scout"]), find_precision("bf16"))
    assert weights == 2 * 108_641_793_536


def test_gpt_oss_fits_one_h100_in_its_own_format_as_its_readme_says():
    assert longest("gpt-oss-120b", "mxfp4").low > 100_000
    assert longest("gpt-oss-120b", "bf16").high == 0


def test_caches_of_each_kind():
    bf16 = find_precision("bf16")

    def per_token(name, tokens):
        return compute_cache_bytes(make_shape(CONFIGS[name]), tokens, bf16, 0) / tokens

    assert per_token("Llama 3.1 8B", 1000) == 32 * 2 * 8 * 128 * 2
    assert per_token("DeepSeek-V3", 1000) == 61 * 576 * 2
    assert per_token("Llama 4 Scout", 8192) == 48 * 2 * 8 * 128 * 2
    far = 2**24
    assert per_token("Llama 4 Scout", far) == pytest.approx(12 * 4096, rel=0.03)
    jamba = make_shape(CONFIGS["Jamba v0.1"])
    grown = [compute_cache_bytes(jamba, tokens, bf16, 0) for tokens in (1, 1001)]
    assert grown[1] - grown[0] == 1000 * 4 * 2 * 8 * 128 * 2


def test_longest_is_the_last_that_fits():
    engine, int4 = get_gpu_defaults(H100.memory_bytes), find_precision("int4")
    shape = make_shape(CONFIGS["Llama 4 Scout"])
    found = longest("Llama 4 Scout", "int4").value
    usable = round(H100.memory_bytes * engine.usable_share)
    assert predict_need(shape, int4, found, engine).total_bytes <= usable
    assert predict_need(shape, int4, found + 1, engine).total_bytes > usable


SMOL = {"model_type": "llama", "vocab_size": 49152, "hidden_size": 576, "intermediate_size": 1536,
        "num_hidden_layers": 30, "num_attention_heads": 9, "num_key_value_heads": 3,
        "head_dim": 64, "tie_word_embeddings": True}  # fmt: skip


@pytest.mark.parametrize(("gib", "tokens"), [(4, 93_184), (2, 46_592)])
def test_the_cache_holds_as_many_tokens_as_vllm_said(gib, tokens):
    """Logs of vLLM 0.32 without a GPU, SmolLM2-135M in float32, windows of 8,192."""
    shape, precision = make_shape(SMOL), find_precision("float32")
    found = compute_cache_capacity(shape, gib * GIB, precision, CPU_DEFAULTS, 8192)
    assert found == tokens


def test_results_have_intervals_and_say_what_they_are_of():
    results = make_shape_results(CONFIGS["Llama 4 Scout"])
    for result in results:
        assert result.low <= result.value <= result.high
        assert result.n and result.n_unit
        assert result.conditions.rule
    kinds = {result.metric for result in results}
    assert kinds == {"params_total", "params_active", "experts", "longest_context"}
