"""The shape that GGUF metadata declare, in the words of a `config.json`.

Keys: github.com/ggml-org/ggml, docs/gguf.md, section "LLM". Only architectures whose metadata tell
all that their config would; the others have no shape.
"""

from collections.abc import Mapping
from typing import Any

from kb.models.weight_headers.model import TensorInfo

_NAMES = {"llama": "llama", "qwen2": "qwen2", "qwen3": "qwen3", "qwen3moe": "qwen3_moe",
          "gemma2": "gemma2", "gemma3": "gemma3_text", "phi3": "phi3"}  # fmt: skip
_KEYS = {
    "block_count": "num_hidden_layers",
    "embedding_length": "hidden_size",
    "feed_forward_length": "intermediate_size",
    "expert_feed_forward_length": "moe_intermediate_size",
    "attention.head_count": "num_attention_heads",
    "attention.head_count_kv": "num_key_value_heads",
    "attention.key_length": "head_dim",
    "attention.sliding_window": "sliding_window",
    "expert_count": "num_experts",
    "expert_used_count": "num_experts_per_tok",
    "context_length": "max_position_embeddings",
}
_EMBEDDING, _OUTPUT = "token_embd.weight", "output.weight"


def make_gguf_config(
    metadata: Mapping[str, Any], tensors: tuple[TensorInfo, ...]
) -> dict[str, Any] | None:
    """Return the config, or None for an architecture whose metadata do not tell it all.

    The vocabulary is that of the embedding table; without an output layer of its own the model
    uses that table twice.
    """
    name = metadata.get("general.architecture")
    rows = {tensor.name: tensor.shape for tensor in tensors if len(tensor.shape) == 2}
    if name not in _NAMES or _EMBEDDING not in rows:
        return None
    config: dict[str, Any] = {
        ours: metadata[f"{name}.{theirs}"]
        for theirs, ours in _KEYS.items()
        if isinstance(metadata.get(f"{name}.{theirs}"), int)
    }
    if name == "llama" and config.get("num_experts"):
        config["num_local_experts"], model_type = config.pop("num_experts"), "mixtral"
    else:
        model_type = _NAMES[name]
    tied = _OUTPUT not in rows
    vocabulary = rows[_EMBEDDING][1]
    return {
        "model_type": model_type, "vocab_size": vocabulary, "tie_word_embeddings": tied, **config,
    }  # fmt: skip
