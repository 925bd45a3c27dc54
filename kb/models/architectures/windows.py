"""Which layers look at the last part of a text only, and at how much of it."""

from kb.models.architectures.config import Config

_PATTERNS = {"gemma2": 2, "gpt_oss": 2, "gemma3": 6, "gemma3_text": 6}
_SLIDING = "sliding_attention"


def find_windows(config: Config, local: str | None, layers: int) -> list[int | None]:
    """Return the window of each layer in tokens; None for one that looks at the whole text."""
    if local == "chunked":
        return _find_chunks(config, layers)
    if local == "sliding":
        return _find_sliding(config, layers)
    return [None] * layers


def _find_chunks(config: Config, layers: int) -> list[int | None]:
    """Llama 4: every layer with rotary positions; `no_rope_layers` lists a 0 for the others."""
    chunk = config.find_integer("attention_chunk_size")
    flags = config.text.get("no_rope_layers")
    if isinstance(flags, list) and len(flags) == layers:
        return [chunk if flag else None for flag in flags]
    step = config.find_integer("no_rope_layer_interval") or 4
    return [None if (number + 1) % step == 0 else chunk for number in range(layers)]


def _find_sliding(config: Config, layers: int) -> list[int | None]:
    """As `layer_types` lists them, else by the pattern of the architecture, else all alike."""
    window = config.find_integer("sliding_window")
    if not window or not config.truth("use_sliding_window", default=True):
        return [None] * layers
    types = config.names("layer_types")
    if types is not None and len(types) == layers:
        return [window if layer_type == _SLIDING else None for layer_type in types]
    default = _PATTERNS.get(config.architecture or "", 0)
    step = config.find_integer("sliding_window_pattern", "_sliding_window_pattern") or default
    if not step:
        return [window] * layers
    return [None if (number + 1) % step == 0 else window for number in range(layers)]
