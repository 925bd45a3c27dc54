"""Results that follow from a config alone: counts, and the longest prompt on known machines.

Nothing is sampled, so n is the number of tensors that were summed. Where a figure can be counted
in two ways, or rests on what an engine does, its interval runs from one to the other.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis
from kb.domain.results import Result
from kb.models.architectures import Count, Shape, count_shape, make_shape
from kb.models.memory.engines import get_gpu_defaults
from kb.models.memory.gpus import Machine, find_gpu
from kb.models.memory.precisions import Precision, compute_weights_bytes, find_precision
from kb.models.memory.prediction import find_longest

METRIC = "longest_context"
RULE = "memory by shape/1"
_GIB = 1024**3
_GPUS = ("NVIDIA A100 80GB", "NVIDIA H100", "NVIDIA H200")
_COUNTS = (1, 8)
_PRECISIONS = ("bf16", "fp8", "int4")


def make_shape_results(config: Mapping[str, Any]) -> list[Result]:
    """Return counts and longest prompts; raise ShapeError where the config tells no shape."""
    shape = make_shape(config)
    return [*_make_counts(shape, count_shape(shape)), *_make_longest(shape)]


def _make_counts(shape: Shape, count: Count) -> Iterator[Result]:
    n, total = len(shape.parts), float(count.total)
    about = Conditions(rule="counted by shape/1")
    if shape.experts > 1:
        experts = float(shape.experts)
        yield Result(
            "experts", Basis.READ_FROM_RELEASE, experts, experts, experts, unit="experts",
            n=shape.layers, n_unit="layers", conditions=about,
        )  # fmt: skip
    yield Result(
        "params_total", Basis.READ_FROM_RELEASE, total, total, total, unit="parameters", n=n,
        n_unit="tensors", conditions=about,
    )  # fmt: skip
    if count.active is not None and count.active_without_embedding is not None:
        note = "The low figure leaves out the embedding table; the high one counts it in full."
        yield Result(
            "params_active", Basis.READ_FROM_RELEASE, float(count.active),
            float(count.active_without_embedding), float(count.active), unit="parameters", n=n,
            n_unit="tensors", conditions=about.model_copy(update={"note": note}),
        )  # fmt: skip


def _make_longest(shape: Shape) -> Iterator[Result]:
    for name in _GPUS:
        for count in _COUNTS:
            for precision in _PRECISIONS:
                yield make_longest(shape, Machine(find_gpu(name), count), find_precision(precision))


def make_longest(shape: Shape, machine: Machine, precision: Precision) -> Result:
    """Return the longest prompt that fits a machine in a precision; 0 where none does."""
    engine = get_gpu_defaults(machine.gpu.memory_bytes)
    longest = find_longest(shape, precision, machine.memory_bytes, engine, machine.count)
    weights = compute_weights_bytes(shape, precision) / _GIB
    note = (
        f"By arithmetic: the weights take {weights:,.1f} GiB; the hardware has "
        f"{machine.memory_bytes / _GIB:,.1f} GiB. The low figure assumes an engine that keeps the "
        "whole text in every layer, the high one an engine that keeps only the latest stretch of "
        "it where it can."
    )
    return Result(
        METRIC, Basis.READ_FROM_RELEASE, float(longest.value), float(longest.low),
        float(longest.high), unit="tokens", n=len(shape.parts), n_unit="tensors",
        conditions=Conditions(
            hardware=machine.name, precision=precision.name, rule=RULE, note=note
        ),
    )  # fmt: skip
