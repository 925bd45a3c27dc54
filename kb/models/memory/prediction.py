"""How much memory a model needs at a prompt length, and the longest prompt that fits.

Weights in the stated number format, plus the KV cache (grouped, latent, windowed or recurrent),
plus the activations of one step, plus the engine's own share. A layer with a window keeps that
window and the tokens of the current step, as vLLM does (v1/kv_cache_interface.py, 0.32).
"""

from collections.abc import Callable
from dataclasses import dataclass

from kb.models.architectures import Shape
from kb.models.memory.engines import EngineDefaults
from kb.models.memory.precisions import Precision, compute_weights_bytes

_MOST_TOKENS = 2**30
_LOGIT_BYTES, _LOGIT_COPIES, _HIDDEN_COPIES = 4, 2, 6


@dataclass(frozen=True)
class MemoryNeed:
    """Memory needed, in bytes, by what it is for."""

    weights_bytes: int
    cache_bytes: int
    activation_bytes: int
    overhead_bytes: int

    @property
    def total_bytes(self) -> int:
        """All of it."""
        return self.weights_bytes + self.cache_bytes + self.activation_bytes + self.overhead_bytes


@dataclass(frozen=True)
class Longest:
    """The longest prompt that fits, in tokens; 0 where the weights alone do not.

    `low` takes the most overhead and an engine that keeps the whole text in every layer; `high`
    the least overhead and windows kept short. `value` is vLLM's way, with the usual overhead.
    """

    low: int
    value: int
    high: int


def compute_cache_bytes(
    shape: Shape, tokens: int, precision: Precision, step_tokens: int, *, windows: bool = True
) -> int:
    """Return what a text of `tokens` takes in the cache, in bytes."""
    numbers = 0
    for layer in shape.cache:
        kept = tokens
        if windows and layer.window is not None:
            kept = min(tokens, layer.window + step_tokens)
        numbers += layer.per_token * kept + layer.fixed
    return numbers * precision.cache_bytes


def compute_activation_bytes(shape: Shape, engine: EngineDefaults) -> int:
    """Return what one step takes: the rows of the widest layer, and the scores of the words.

    An estimate by the largest tensors that are alive at once, from the modelling code.
    """
    rows = engine.step_tokens * (shape.widest + _HIDDEN_COPIES * shape.hidden)
    scores = engine.sequences * shape.vocabulary * _LOGIT_BYTES * _LOGIT_COPIES
    is_gpu = engine.usable_share < 1.0  # without a GPU nothing is tried out at full width
    return rows * engine.activation_bytes + (scores if is_gpu else 0)


def compute_overhead_bytes(shape: Shape, engine: EngineDefaults, gpus: int = 1) -> int:
    """Return what the engine usually takes for itself, in bytes, its tokenizers included."""
    return engine.overhead.usual * gpus + engine.word_bytes * shape.vocabulary


def predict_need(
    shape: Shape, precision: Precision, tokens: int, engine: EngineDefaults, gpus: int = 1
) -> MemoryNeed:
    """Return what serving one text of `tokens` takes, with the usual overhead."""
    return MemoryNeed(
        compute_weights_bytes(shape, precision),
        compute_cache_bytes(shape, tokens, precision, engine.step_tokens),
        compute_activation_bytes(shape, engine),
        compute_overhead_bytes(shape, engine, gpus),
    )


def find_longest(
    shape: Shape, precision: Precision, memory_bytes: int, engine: EngineDefaults, gpus: int = 1
) -> Longest:
    """Return the longest prompt that fits `memory_bytes`, between its two bounds."""
    usable = round(memory_bytes * engine.usable_share)
    fixed = compute_weights_bytes(shape, precision)
    fixed += gpus * compute_activation_bytes(shape, engine)

    def search(overhead: int, windows: bool) -> int:
        free = usable - fixed - overhead * gpus
        return _search(
            lambda tokens: compute_cache_bytes(
                shape, tokens, precision, engine.step_tokens, windows=windows
            ),
            free,
        )

    return Longest(
        search(engine.overhead.high, windows=False),
        search(engine.overhead.usual, windows=True),
        search(engine.overhead.low, windows=True),
    )


def _search(cost: Callable[[int], int], free: int) -> int:
    """The largest number of tokens whose cost is not above `free`; 0 where none is."""
    if free < cost(1):
        return 0
    low, high = 1, _MOST_TOKENS
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if cost(middle) <= free else (low, middle - 1)
    return low


def compute_cache_capacity(
    shape: Shape, cache_bytes: int, precision: Precision, engine: EngineDefaults, window: int
) -> int:
    """Return how many tokens a cache of this size holds, as vLLM counts them.

    Requests that fill the window, times the window: layers with a window of their own keep less
    of each (v1/core/kv_cache_utils.py, get_kv_cache_capacity).
    """
    request_bytes = compute_cache_bytes(shape, window, precision, engine.step_tokens)
    tokens = int(cache_bytes / request_bytes * window) if request_bytes else 0
    return tokens // engine.block_tokens * engine.block_tokens
