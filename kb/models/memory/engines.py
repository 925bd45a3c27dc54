"""How engines share out memory: their defaults, and what they take for themselves."""

from dataclasses import dataclass

_GIB = 1024**3
_LARGE_GPU_BYTES = 70 * _GIB


@dataclass(frozen=True)
class Span:
    """The least, the usual and the most of something that is not known exactly."""

    low: int
    usual: int
    high: int


@dataclass(frozen=True)
class EngineDefaults:
    """What an engine does unless told otherwise.

    `step_tokens` are worked on at once, `sequences` are served at once; `usable_share` of the
    memory is used at all. `overhead` is what the engine takes beside weights, cache and
    activations, `word_bytes` what its tokenizers take for each word of the vocabulary.
    `block_tokens` is the least piece of the cache.
    """

    name: str
    step_tokens: int
    sequences: int
    usable_share: float
    overhead: Span
    block_tokens: int
    activation_bytes: int
    word_bytes: int = 0


def get_gpu_defaults(memory_bytes: int) -> EngineDefaults:
    """Return vLLM's defaults for a server on a GPU of this memory.

    vllm 0.32: config/cache.py (gpu_memory_utilization 0.92), engine/arg_utils.py (tokens and
    sequences at once by size of GPU). The overhead on a GPU (context of the driver, kernels,
    graphs) is an assumption with a wide span, to be replaced by measurements.
    """
    large = memory_bytes >= _LARGE_GPU_BYTES
    return EngineDefaults(
        "vLLM 0.32 on a GPU", 8192 if large else 2048, 1024 if large else 256, 0.92,
        Span(_GIB // 2, 3 * _GIB // 2, 3 * _GIB), 16, 2,
    )  # fmt: skip


# Three processes (server, engine core, worker), each with its own Python and torch; the first two
# hold a tokenizer. Calibrated on two readings of the proportional memory of the tree, both with a
# cache of 4 GiB, which is filled at the start (2026-11-21): SmolLM2-135M, 49,152 words, 6.66 GiB;
# Gemma 3 270M, 262,144 words, 9.63 GiB, of which the worker's share is left out, since it had
# computed log probabilities of a prompt. The span is 15% either way.
CPU_DEFAULTS = EngineDefaults(
    "vLLM 0.32 on processors", 2048, 128, 1.0,
    Span(round(1.57 * _GIB), round(1.85 * _GIB), round(2.13 * _GIB)), 128, 4, 5750,
)  # fmt: skip
