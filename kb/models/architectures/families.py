"""The architectures in use: what a layer of each is made of.

Read from the modelling code of transformers 5.19 (models/<name>/modeling_<name>.py). An
architecture that is not here has no shape: nothing is guessed from the likeness of a name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kb.models.architectures.config import Config

Divided = Callable[[Config, int], bool]


@dataclass(frozen=True)
class Family:
    """How the layers of an architecture are built.

    `qk_norm` is "head", "all" or None. `experts` names the keys that may hold their number,
    empty for an architecture that is never divided; `width` those of an expert's width,
    `dense_width` those of a layer that is not divided. `is_divided` tells which layers are.
    `local` is the window that some layers have: "sliding", "chunked" or None.
    """

    attention: str = "grouped"
    qkv_bias: bool = False
    bias_key: str | None = "attention_bias"
    o_bias: bool = False
    qk_norm: str | None = None
    qk_norm_key: str | None = None
    norms: int = 2
    norm_bias: bool = False
    tied: bool = False
    experts: tuple[str, ...] = ()
    width: tuple[str, ...] = ("moe_intermediate_size", "intermediate_size")
    dense_width: tuple[str, ...] = ("intermediate_size",)
    is_divided: Divided = lambda config, layer: True
    stacked: bool = False
    biased: bool = False
    correction: bool = False
    local: str | None = None


def _after_first(config: Config, layer: int) -> bool:
    """DeepSeek, Kimi, GLM: the first layers are dense."""
    first = config.find_integer("first_k_dense_replace") or 0
    step = config.find_integer("moe_layer_freq") or 1
    return layer >= first and layer % step == 0


def _every_step(config: Config, layer: int) -> bool:
    """Qwen: every n-th layer, but for those that are listed."""
    step = config.find_integer("decoder_sparse_step") or 1
    return layer not in config.numbers("mlp_only_layers") and (layer + 1) % step == 0


def _interleaved(config: Config, layer: int) -> bool:
    """Llama 4: every n-th layer, the last of each n."""
    step = config.integer("interleave_moe_layer_step")
    return step > 0 and (layer + 1) % step == 0


def _jamba(config: Config, layer: int) -> bool:
    period, offset = config.integer("expert_layer_period"), config.integer("expert_layer_offset")
    return period > 0 and layer % period == offset


_LOCAL = ("num_local_experts",)
_ROUTED = ("n_routed_experts",)
_DEEPSEEK = Family(attention="latent", experts=_ROUTED, is_divided=_after_first)
_DEEPSEEK_V3 = Family(attention="latent", experts=_ROUTED, is_divided=_after_first, correction=True)
_GEMMA3 = Family(qk_norm="head", norms=4, tied=True, local="sliding")
_LLAMA4 = Family(
    experts=_LOCAL, width=("intermediate_size",), dense_width=("intermediate_size_mlp",),
    is_divided=_interleaved, stacked=True, local="chunked",
)  # fmt: skip

FAMILIES: Mapping[str, Family] = {
    "llama": Family(),
    "mistral": Family(local="sliding"),
    "llama4": _LLAMA4,
    "llama4_text": _LLAMA4,
    "qwen2": Family(qkv_bias=True, bias_key=None, local="sliding"),
    "qwen2_moe": Family(
        qkv_bias=True, bias_key="qkv_bias", experts=("num_experts",), is_divided=_every_step
    ),
    "qwen3": Family(qk_norm="head", local="sliding"),
    "qwen3_moe": Family(qk_norm="head", experts=("num_experts",), is_divided=_every_step),
    "deepseek_v2": _DEEPSEEK,
    "deepseek_v3": _DEEPSEEK_V3,
    "kimi_k2": _DEEPSEEK_V3,
    "mixtral": Family(experts=_LOCAL, local="sliding"),
    "gemma2": Family(norms=4, tied=True, local="sliding"),
    "gemma3": _GEMMA3,
    "gemma3_text": _GEMMA3,
    "phi3": Family(local="sliding"),
    "phimoe": Family(o_bias=True, norm_bias=True, experts=_LOCAL, local="sliding"),
    "glm4": Family(norms=4),
    "glm4_moe": Family(
        qk_norm="head", qk_norm_key="use_qk_norm", experts=_ROUTED, is_divided=_after_first,
        correction=True,
    ),
    "gpt_oss": Family(
        o_bias=True, experts=_LOCAL, stacked=True, biased=True, local="sliding"
    ),
    "minimax_m2": Family(qk_norm="all", experts=_LOCAL, correction=True),
    "jamba": Family(
        attention="jamba", bias_key=None, experts=("num_experts",), is_divided=_jamba
    ),
}  # fmt: skip
