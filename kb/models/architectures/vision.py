"""Image encoders beside a text model: counted where their config tells their whole shape.

Names and shapes as in transformers 5.19, models/llama4 and models/siglip. What is not told is
not guessed: the model then has no total.
"""

from collections.abc import Mapping
from typing import Any

from kb.models.architectures.config import Config, ShapeError
from kb.models.architectures.parts import Part, Role

_PARTS = ("vision_config", "audio_config")
_LLAMA4, _SIGLIP = "llama4_vision_model", "siglip_vision_model"


def make_vision(config: Config, hidden: int) -> list[Part]:
    """Return the tensors of the encoder and of what leads from it to the text model.

    Raises ShapeError for an encoder that is not known.
    """
    found = [config.whole[key] for key in _PARTS if isinstance(config.whole.get(key), Mapping)]
    if not found:
        return []
    encoder = Config(found[0])
    if len(found) == 1 and encoder.architecture == _LLAMA4:
        return [*_make_encoder(encoder, "vision_model"), *_make_llama4_rest(encoder, hidden)]
    if len(found) == 1 and encoder.architecture == _SIGLIP:
        return [*_make_encoder(encoder, "vision_tower"), *_make_siglip_rest(encoder, hidden)]
    raise ShapeError(f"the encoder {encoder.architecture} is not known")


def _make_encoder(config: Config, at: str) -> list[Part]:
    """The layers that both have: attention and two matrices, all with biases, two norms."""
    hidden, width = config.integer("hidden_size"), config.integer("intermediate_size")
    layer: dict[str, tuple[int, ...]] = {
        "mlp.fc1.weight": (width, hidden), "mlp.fc1.bias": (width,),
        "mlp.fc2.weight": (hidden, width), "mlp.fc2.bias": (hidden,),
    }  # fmt: skip
    for name in ("q_proj", "k_proj", "v_proj", "o_proj"):
        layer |= {f"self_attn.{name}.weight": (hidden, hidden), f"self_attn.{name}.bias": (hidden,)}
    for name in ("input_layernorm", "post_attention_layernorm"):
        layer |= {f"{name}.weight": (hidden,), f"{name}.bias": (hidden,)}
    return [
        _make_part(f"{at}.layers.{number}.{name}", size)
        for number in range(config.layers())
        for name, size in layer.items()
    ]


def _make_llama4_rest(config: Config, text_hidden: int) -> list[Part]:
    hidden, patch = config.integer("hidden_size"), config.integer("patch_size")
    output, inner = config.integer("vision_output_dim"), config.integer("projector_output_dim")
    places = (config.integer("image_size") // patch) ** 2 + 1
    shapes: dict[str, tuple[int, ...]] = {
        "patch_embedding": (hidden, _channels(config) * patch * patch),
        "class_embedding": (hidden,), "positional_embedding_vlm": (places, hidden),
        "layernorm_pre": (2, hidden), "layernorm_post": (2, hidden),
        "adapter.fc1": (config.integer("projector_input_dim"), config.integer("intermediate_size")),
        "adapter.fc2": (inner, inner),
    }  # fmt: skip
    parts = [_make_part(f"vision_model.{name}", size) for name, size in shapes.items()]
    return [*parts, _make_part("multi_modal_projector.linear_1", (text_hidden, output))]


def _make_siglip_rest(config: Config, text_hidden: int) -> list[Part]:
    hidden, patch = config.integer("hidden_size"), config.integer("patch_size")
    places = (config.integer("image_size") // patch) ** 2
    shapes: dict[str, tuple[int, ...]] = {
        "vision_tower.patch_embedding.weight": (hidden, _channels(config) * patch * patch),
        "vision_tower.patch_embedding.bias": (hidden,),
        "vision_tower.position_embedding": (places, hidden),
        "vision_tower.post_layernorm": (2, hidden),
        "multi_modal_projector.mm_input_projection": (hidden, text_hidden),
        "multi_modal_projector.mm_soft_emb_norm": (hidden,),
    }
    return [_make_part(name, size) for name, size in shapes.items()]


def _channels(config: Config) -> int:
    return config.find_integer("num_channels") or 3


def _make_part(name: str, shape: tuple[int, ...]) -> Part:
    return Part(name, Role.VISION, shape)


def get_text_only(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a config without its encoders."""
    return {key: value for key, value in values.items() if key not in _PARTS}
