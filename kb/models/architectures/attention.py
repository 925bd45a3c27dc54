"""Attention in the forms that released models use: its tensors, and what it keeps of a text.

Grouped-query attention: Ainslie et al. 2023 (arXiv 2305.13245). Latent attention (MLA):
DeepSeek-V2 (arXiv 2405.04434, section 2.1). Mamba: Gu and Dao 2023 (arXiv 2312.00752), as Jamba
uses it (arXiv 2403.19887).
"""

from dataclasses import dataclass

from kb.models.architectures.config import Config, ShapeError
from kb.models.architectures.parts import CacheLayer, Part, Role


@dataclass(frozen=True)
class Heads:
    """Sizes of grouped-query attention."""

    hidden: int
    queries: int
    keys: int
    size: int


def read_heads(config: Config) -> Heads:
    """Return the sizes; raise ShapeError where they do not tell the size of a head."""
    hidden = config.integer("hidden_size")
    queries = config.integer("num_attention_heads")
    keys = config.find_integer("num_key_value_heads") or queries
    size = config.find_integer("head_dim")
    if size is None:
        if not queries or hidden % queries:
            raise ShapeError(f"{hidden} hidden numbers are not divisible among {queries} heads")
        size = hidden // queries
    return Heads(hidden, queries, keys, size)


def make_grouped(
    layer: str, heads: Heads, *, qkv_bias: bool, o_bias: bool, qk_norm: str | None
) -> list[Part]:
    """Return the tensors of one layer; `qk_norm` is "head", "all" or None."""
    queries, keys = heads.queries * heads.size, heads.keys * heads.size
    at = f"{layer}.self_attn"
    parts = [
        Part(f"{at}.q_proj.weight", Role.ATTENTION, (queries, heads.hidden)),
        Part(f"{at}.k_proj.weight", Role.ATTENTION, (keys, heads.hidden)),
        Part(f"{at}.v_proj.weight", Role.ATTENTION, (keys, heads.hidden)),
        Part(f"{at}.o_proj.weight", Role.ATTENTION, (heads.hidden, queries)),
    ]
    if qkv_bias:
        for name, size in (("q", queries), ("k", keys), ("v", keys)):
            parts.append(Part(f"{at}.{name}_proj.bias", Role.ATTENTION, (size,)))
    if o_bias:
        parts.append(Part(f"{at}.o_proj.bias", Role.ATTENTION, (heads.hidden,)))
    if qk_norm:
        sizes = (heads.size, heads.size) if qk_norm == "head" else (queries, keys)
        for name, size in zip("qk", sizes, strict=True):
            parts.append(Part(f"{at}.{name}_norm.weight", Role.NORMS, (size,)))
    return parts


def make_grouped_cache(heads: Heads, window: int | None) -> CacheLayer:
    """Return what one layer keeps: a key and a value for each head."""
    return CacheLayer(2 * heads.keys * heads.size, window)


def make_latent(layer: str, config: Config) -> list[Part]:
    """Return the tensors of one layer of latent attention."""
    hidden, queries = config.integer("hidden_size"), config.integer("num_attention_heads")
    latent, rope = config.integer("kv_lora_rank"), config.integer("qk_rope_head_dim")
    plain, values = config.integer("qk_nope_head_dim"), config.integer("v_head_dim")
    low = config.find_integer("q_lora_rank") or 0
    at, wide = f"{layer}.self_attn", queries * (plain + rope)
    shapes = {"kv_a_proj_with_mqa": (latent + rope, hidden),
              "kv_b_proj": (queries * (plain + values), latent),
              "o_proj": (hidden, queries * values)}  # fmt: skip
    shapes |= {"q_a_proj": (low, hidden), "q_b_proj": (wide, low)} if low else {
        "q_proj": (wide, hidden)}  # fmt: skip
    parts = [Part(f"{at}.{name}.weight", Role.ATTENTION, size) for name, size in shapes.items()]
    parts.append(Part(f"{at}.kv_a_layernorm.weight", Role.NORMS, (latent,)))
    if low:
        parts.append(Part(f"{at}.q_a_layernorm.weight", Role.NORMS, (low,)))
    return parts


def make_latent_cache(config: Config) -> CacheLayer:
    """Return what one layer keeps: the latent vector and the rotated part of the key, once."""
    return CacheLayer(config.integer("kv_lora_rank") + config.integer("qk_rope_head_dim"))


def make_mamba(layer: str, config: Config) -> tuple[list[Part], CacheLayer]:
    """Return the tensors of one Mamba layer, and its state, which does not grow."""
    hidden = config.integer("hidden_size")
    inner = config.integer("mamba_expand") * hidden
    state, width = config.integer("mamba_d_state"), config.integer("mamba_d_conv")
    auto = config.text.get("mamba_dt_rank") in (None, "auto")
    rank = -(-hidden // 16) if auto else config.integer("mamba_dt_rank")
    at = f"{layer}.mamba"
    shapes = {
        "in_proj.weight": (2 * inner, hidden), "conv1d.weight": (inner, 1, width),
        "conv1d.bias": (inner,), "x_proj.weight": (rank + 2 * state, inner),
        "dt_proj.weight": (inner, rank), "dt_proj.bias": (inner,), "A_log": (inner, state),
        "D": (inner,), "out_proj.weight": (hidden, inner), "dt_layernorm.weight": (rank,),
        "b_layernorm.weight": (state,), "c_layernorm.weight": (state,),
    }  # fmt: skip
    parts = [
        Part(f"{at}.{name}", Role.NORMS if "norm" in name else Role.RECURRENT, size)
        for name, size in shapes.items()
    ]
    return parts, CacheLayer(0, fixed=inner * (state + width))
