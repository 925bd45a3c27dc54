"""`kb count-params` and `kb predict-memory`, on small files."""

import json

import pytest
from typer.testing import CliRunner

from kb.cli.app import make_app
from kb.domain.errors import UserError

TOY = {"model_type": "mixtral", "vocab_size": 32, "hidden_size": 16, "intermediate_size": 8,
       "num_hidden_layers": 2, "num_attention_heads": 2, "num_local_experts": 4,
       "num_experts_per_tok": 1, "tie_word_embeddings": False}  # fmt: skip


@pytest.fixture
def config(tmp_path):
    path = tmp_path / "config.json"
    path.write_text(json.dumps(TOY))
    return path


def run(*arguments):
    return CliRunner().invoke(make_app(), list(map(str, arguments)))


def test_a_config_alone_is_counted(config):
    found = json.loads(run("count-params", config, "--json").stdout)
    experts = 2 * 4 * 3 * 8 * 16
    assert found["by_role"]["experts"] == experts
    assert found["total"] - found["active"] == experts * 3 // 4
    assert found["active"] - found["active_without_embedding"] == 32 * 16


def test_counts_are_shown_to_people(config):
    shown = run("count-params", config).stdout
    assert "shared experts" not in shown
    assert "active per token" in shown


def test_memory_is_predicted_by_precision(config):
    found = json.loads(run("predict-memory", config, "--gpu", "L4", "--json").stdout)
    assert found["machine"] == "one NVIDIA L4"
    assert [row["precision"] for row in found["rows"]] == ["bf16", "fp8", "int4"]
    for row in found["rows"]:
        assert row["longest_low"] <= row["longest_tokens"] <= row["longest_high"]
        parts = ("weights_bytes", "cache_bytes", "activation_bytes", "overhead_bytes")
        assert row["total_bytes"] == sum(row[part] for part in parts)


def test_what_is_not_known_is_told(config):
    done = run("predict-memory", config, "--gpu", "H9000")
    assert isinstance(done.exception, UserError)
    assert "known are NVIDIA H100" in str(done.exception)
    config.write_text(json.dumps({**TOY, "model_type": "unheard_of"}))
    done = run("count-params", config)
    assert "unheard_of is not known" in str(done.exception)
