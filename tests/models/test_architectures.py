"""Counts of parameters: from files that are here, and from the published shapes of known models."""

from pathlib import Path

import pytest
import yaml

from kb.domain.quantities import compute_rounding, parse_quantity
from kb.models.architectures import Role, ShapeError, count_shape, count_tensors, make_shape
from kb.models.weight_headers import parse_safetensors_header
from tests.models.synthetic_headers import make_header

TABLE = yaml.safe_load(Path(__file__).with_name("published_shapes.yml").read_text())
MODELS = {model["name"]: model for model in TABLE["models"]}
# Published counts that are rounded so far that 1% of them is less than their rounding, or that lie
# between the two ways of counting the embedding; each is checked against its own words below.
COARSE = {"Llama 4 Scout", "Llama 4 Maverick", "DeepSeek-V2-Lite", "Kimi K2", "Qwen3-30B-A3B",
          "MiniMax-M2", "Qwen3-Coder-480B-A35B"}  # fmt: skip
TOY = {"model_type": "llama", "vocab_size": 10, "hidden_size": 8, "intermediate_size": 16,
       "num_hidden_layers": 2, "num_attention_heads": 2, "tie_word_embeddings": False}  # fmt: skip


def off_by(counted, words):
    published = parse_quantity(words, "parameters").low
    return abs(counted / published - 1)


def count(name):
    return count_shape(make_shape(MODELS[name]["config"]))


@pytest.mark.parametrize("name", sorted(set(MODELS) - COARSE))
def test_counts_are_within_a_percent_of_the_published_ones(name):
    found = count(name)
    assert off_by(found.total, MODELS[name]["total"]) < 0.01
    ways = (found.active, found.active_without_embedding)
    assert min(off_by(way, MODELS[name]["active"]) for way in ways) < 0.01


def test_at_least_twelve_are_that_near():
    assert len(set(MODELS) - COARSE) >= 12


# DeepSeek-V2-Lite says 2.4B active; without its embedding table it has 2.451B, which rounds to 2.5.
@pytest.mark.parametrize("name", sorted(COARSE - {"DeepSeek-V2-Lite"}))
def test_coarse_counts_agree_with_their_own_words(name):
    """Half a unit of the last digit; the span runs from no embedding table to all of it."""
    found, model = count(name), MODELS[name]
    total, active = (parse_quantity(model[key], "parameters").low for key in ("total", "active"))
    slack = max(compute_rounding(model["total"], total), 0.01 * total)
    assert abs(found.total - total) <= slack
    slack = compute_rounding(model["active"], active)
    assert found.active_without_embedding <= active + slack
    assert found.active >= active - slack


@pytest.mark.parametrize("name", sorted(MODELS))
def test_headers_of_the_true_shapes_count_alike(name):
    """From the headers by names of tensors, with the config, as from the config alone."""
    shape = make_shape(MODELS[name]["config"])
    tensors = parse_safetensors_header(make_header(shape)).tensors
    assert count_tensors(tensors, MODELS[name]["config"]) == count_shape(shape)


def test_every_source_of_the_table_is_used_and_named():
    used = {key for model in TABLE["models"] for key in (*model["shape"], model["counts"])}
    assert used == set(TABLE["sources"])


def test_deepseek_says_itself_what_its_embedding_takes():
    """README_WEIGHTS: 36.7B active, of which 0.9B embedding and 0.9B output."""
    found = count("DeepSeek-V3")
    assert found.by_role[Role.EMBEDDING] == found.by_role[Role.OUTPUT] == 129280 * 7168
    assert found.active_without_embedding == pytest.approx(36.7e9, rel=0.003)


def test_an_unknown_architecture_has_no_active_count():
    shape = make_shape(TOY)
    tensors = parse_safetensors_header(make_header(shape)).tensors
    for config in (None, {**TOY, "model_type": "llama_of_tomorrow"}):
        found = count_tensors(tensors, config)
        assert found.total == count_shape(shape).total
        assert found.active is None
        assert found.active_without_embedding is None


def test_tied_embeddings_count_once_and_are_used_whole():
    tied = count_shape(make_shape({**TOY, "tie_word_embeddings": True}))
    apart = count_shape(make_shape(TOY))
    assert apart.total - tied.total == 80
    assert tied.active == tied.active_without_embedding == tied.total


def test_extra_prediction_layers_are_no_part_of_a_token():
    config = MODELS["DeepSeek-V2-Lite"]["config"]
    shape = make_shape(config)
    longer = make_shape({**config, "num_hidden_layers": shape.layers + 1})
    tensors = parse_safetensors_header(make_header(longer)).tensors
    found = count_tensors(tensors, config)
    assert found.active == count_shape(shape).active
    assert found.by_role[Role.PREDICTION] == count_shape(longer).total - count_shape(shape).total


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"model_type": "unheard_of"}, "is not known"),
        ({"model_type": None}, "(not named)"),
        ({"hidden_size": None}, "no hidden_size"),
        ({"hidden_size": -8}, "no sane number"),
        ({"hidden_size": 10**12}, "no sane number"),
        ({"hidden_size": "8"}, "no sane number"),
        ({"hidden_size": 7}, "not divisible"),
        ({"num_hidden_layers": 10**6}, "no sane number"),
        ({"vision_config": {"model_type": "eyes_of_tomorrow"}}, "encoder"),
    ],
)
def test_configs_that_tell_no_shape_are_refused(change, words):
    with pytest.raises(ShapeError, match=words.replace("(", r"\(").replace(")", r"\)")):
        make_shape({**TOY, **change})


def test_a_token_cannot_use_more_experts_than_there_are():
    config = {**MODELS["Mixtral 8x7B"]["config"], "num_experts_per_tok": 9}
    with pytest.raises(ShapeError, match="9 of 8"):
        make_shape(config)


def test_windows_follow_the_architecture():
    gemma = {"model_type": "gemma3_text", "vocab_size": 10, "hidden_size": 8, "head_dim": 4,
             "intermediate_size": 16, "num_hidden_layers": 12, "num_attention_heads": 2,
             "sliding_window": 512}  # fmt: skip
    windows = [layer.window for layer in make_shape(gemma).cache]
    assert [n for n, window in enumerate(windows) if window is None] == [5, 11]
    scout = [layer.window for layer in make_shape(MODELS["Llama 4 Scout"]["config"]).cache]
    assert scout.count(None) == 12
    assert set(scout) == {None, 8192}


def test_latent_attention_keeps_one_vector_and_mamba_a_state():
    v3 = make_shape(MODELS["DeepSeek-V3"]["config"]).cache
    assert {layer.per_token for layer in v3} == {512 + 64}
    jamba = make_shape(MODELS["Jamba v0.1"]["config"]).cache
    assert sum(1 for layer in jamba if layer.per_token) == 4
    assert all(layer.fixed for layer in jamba if not layer.per_token)
