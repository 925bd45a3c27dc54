"""Memory that a model takes: GPUs, number formats, engines' ways, and the arithmetic."""

from kb.models.memory.engines import CPU_DEFAULTS, EngineDefaults, Span, get_gpu_defaults
from kb.models.memory.gpus import Gpu, Machine, find_gpu, load_gpus, parse_machine
from kb.models.memory.precisions import (
    PRECISIONS,
    Precision,
    compute_weights_bytes,
    find_precision,
    is_same_precision,
)
from kb.models.memory.prediction import (
    Longest,
    MemoryNeed,
    compute_activation_bytes,
    compute_cache_bytes,
    compute_cache_capacity,
    compute_overhead_bytes,
    find_longest,
    predict_need,
)
from kb.models.memory.results import make_longest, make_shape_results

__all__ = [
    "CPU_DEFAULTS",
    "PRECISIONS",
    "EngineDefaults",
    "Gpu",
    "Longest",
    "Machine",
    "MemoryNeed",
    "Precision",
    "Span",
    "compute_activation_bytes",
    "compute_cache_bytes",
    "compute_cache_capacity",
    "compute_overhead_bytes",
    "compute_weights_bytes",
    "find_gpu",
    "find_longest",
    "find_precision",
    "get_gpu_defaults",
    "is_same_precision",
    "load_gpus",
    "make_longest",
    "make_shape_results",
    "parse_machine",
    "predict_need",
]
