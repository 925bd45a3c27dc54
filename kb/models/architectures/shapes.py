"""A config → the shape of its model: every tensor by role, and what each layer keeps."""

from collections.abc import Mapping
from typing import Any

from kb.models.architectures import attention
from kb.models.architectures.config import Config, ShapeError
from kb.models.architectures.families import FAMILIES, Family
from kb.models.architectures.feed_forward import Experts, make_dense, make_experts
from kb.models.architectures.parts import CacheLayer, Part, Role, Shape
from kb.models.architectures.vision import make_vision
from kb.models.architectures.windows import find_windows

_MOST_PARTS = 1_000_000


def make_shape(values: Mapping[str, Any]) -> Shape:
    """Return the shape that a `config.json` declares.

    Raises ShapeError for an architecture that is not known, and for a config that does not tell
    all of it. Extra prediction layers (DeepSeek, GLM) are no part of the model they help.
    """
    config = Config(values)
    name = config.architecture
    family = FAMILIES.get(name or "")
    if name is None or family is None:
        raise ShapeError(f"the architecture {name or '(not named)'} is not known")
    hidden, vocabulary = config.integer("hidden_size"), config.integer("vocab_size")
    layers, experts = config.layers(), config.experts(*family.experts)
    windows = find_windows(config, family.local, layers)
    parts, cache = _make_ends(config, family, hidden, vocabulary), list[CacheLayer]()
    for number in range(layers):
        made, kept = _make_layer(config, family, number, windows[number])
        parts += made
        cache.append(kept)
    parts += make_vision(config, hidden)
    if len(parts) > _MOST_PARTS:
        raise ShapeError(f"the config claims {len(parts):,} tensors")
    used = config.integer("num_experts_per_tok", "experts_per_token") if experts > 1 else 0
    widest = _find_widest(config, family)
    return Shape(
        name, layers, hidden, vocabulary, experts, used, widest, tuple(parts), tuple(cache)
    )


def _make_ends(config: Config, family: Family, hidden: int, vocabulary: int) -> list[Part]:
    parts = [
        Part("model.embed_tokens.weight", Role.EMBEDDING, (vocabulary, hidden)),
        *_make_norm("model.norm", family, hidden),
    ]
    if not config.truth("tie_word_embeddings", family.tied):
        parts.append(Part("lm_head.weight", Role.OUTPUT, (vocabulary, hidden)))
    if config.truth("lm_head_bias", default=False):
        parts.append(Part("lm_head.bias", Role.OUTPUT, (vocabulary,)))
    return parts


def _make_norm(name: str, family: Family, hidden: int) -> list[Part]:
    parts = [Part(f"{name}.weight", Role.NORMS, (hidden,))]
    return [*parts, Part(f"{name}.bias", Role.NORMS, (hidden,))] if family.norm_bias else parts


def _make_layer(
    config: Config, family: Family, number: int, window: int | None
) -> tuple[list[Part], CacheLayer]:
    at, hidden = f"model.layers.{number}", config.integer("hidden_size")
    parts, cache = _make_attention(config, family, number, window)
    for norm in range(family.norms):
        parts += _make_norm(f"{at}.norm_{norm}", family, hidden)
    experts = config.experts(*family.experts)
    if experts > 1 and family.is_divided(config, number):
        parts += make_experts(f"{at}.mlp", hidden, _read_experts(config, family, experts))
    else:
        parts += make_dense(f"{at}.mlp", hidden, config.integer(*family.dense_width))
    return parts, cache


def _make_attention(
    config: Config, family: Family, number: int, window: int | None
) -> tuple[list[Part], CacheLayer]:
    at = f"model.layers.{number}"
    if family.attention == "latent":
        return attention.make_latent(at, config), attention.make_latent_cache(config)
    if family.attention == "jamba" and not _has_attention(config, number):
        return attention.make_mamba(at, config)
    heads = attention.read_heads(config)
    bias = family.qkv_bias
    if family.bias_key:
        bias = config.truth(family.bias_key, default=bias)
    normed = not family.qk_norm_key or config.truth(family.qk_norm_key, default=False)
    parts = attention.make_grouped(
        at, heads, qkv_bias=bias, o_bias=bias and family.o_bias,
        qk_norm=family.qk_norm if normed else None,
    )  # fmt: skip
    if family.biased:
        parts.append(Part(f"{at}.self_attn.sinks", Role.ATTENTION, (heads.queries,)))
    return parts, attention.make_grouped_cache(heads, window)


def _has_attention(config: Config, number: int) -> bool:
    period, offset = config.integer("attn_layer_period"), config.integer("attn_layer_offset")
    return period > 0 and number % period == offset


def _read_experts(config: Config, family: Family, count: int) -> Experts:
    used = config.integer("num_experts_per_tok", "experts_per_token")
    if not 0 < used <= count:
        raise ShapeError(f"a token cannot use {used} of {count} experts")
    width = config.integer(*family.width)
    shared = (config.find_integer("n_shared_experts") or 0) * width
    if family.local == "chunked":
        shared = width
    own = config.find_integer("shared_expert_intermediate_size") or 0
    return Experts(
        count, used, width, shared or own, family.stacked, family.biased, family.correction,
        shared_gate=own > 0,
    )  # fmt: skip


def _find_widest(config: Config, family: Family) -> int:
    """The widest row of numbers a token is turned into within a layer, for activations."""
    dense = config.find_integer(*family.dense_width) or 0
    used = config.find_integer("num_experts_per_tok", "experts_per_token") or 0
    inside = max(dense, used * (config.find_integer(*family.width) or 0) if family.experts else 0)
    return 2 * inside
