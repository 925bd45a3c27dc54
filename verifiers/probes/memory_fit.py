"""Probe `memory_fit`, version 1: what serving a model takes, predicted and measured.

For each window the engine is started afresh and asked one prompt that fills it. Beside the peak
of its memory stand what the shape of the model predicts, and the tokens that its cache holds; or,
where the window is refused, what stood in the way, in the engine's own words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis
from kb.domain.results import Result
from kb.models.architectures import ShapeError, make_shape
from kb.models.memory import (
    CPU_DEFAULTS,
    compute_activation_bytes,
    compute_cache_capacity,
    compute_overhead_bytes,
    compute_weights_bytes,
    find_precision,
    get_gpu_defaults,
)

NAME = "memory_fit"
VERSION = 1
FITS, OUT_OF_MEMORY, REFUSED = "fits", "out of memory", "refused"
_GIB = 1024**3
_WINDOWS = (512, 2048, 8192)
_MOST_NOTE = 1900
_FORMATS = {"float16": "bf16", "bfloat16": "bf16", "float32": "float32"}


@dataclass(frozen=True)
class Predicted:
    """What the shape predicts, in bytes and tokens."""

    weights_bytes: int
    cache_bytes: int
    activation_bytes: int
    overhead_bytes: int
    cache_tokens: int

    @property
    def peak_bytes(self) -> int:
        """All of it."""
        parts = (self.weights_bytes, self.cache_bytes, self.activation_bytes, self.overhead_bytes)
        return sum(parts)


@dataclass(frozen=True)
class Measured:
    """What was measured at one window; `words` are the engine's where it refused."""

    window_tokens: int
    obstacle: str | None = None
    words: str | None = None
    peak_bytes: int | None = None
    high_bytes: int | None = None
    samples: int = 0
    weights_bytes: int | None = None
    cache_tokens: int | None = None
    prompt_tokens: int | None = None


def make_parameters(windows: Sequence[int] = ()) -> dict[str, object]:
    """Return the recipe: the windows to start the engine with, smallest first."""
    return {"windows": sorted(set(windows or _WINDOWS))}


def find_dtype(config: Mapping[str, Any], dtype: str) -> str:
    """Return the number format in which a config's weights are served; "auto" is as stored."""
    text = config.get("text_config")
    parts = [config, *([text] if isinstance(text, Mapping) else [])]
    stored = next((part[key] for part in parts for key in ("dtype", "torch_dtype") if key in part),
                  "bfloat16")  # fmt: skip
    name = str(stored) if dtype == "auto" else dtype
    return _FORMATS.get(name, name)


def predict(
    config: Mapping[str, Any], dtype: str, window: int, cache_gib: int, gpu_bytes: int | None
) -> Predicted | None:
    """Return what serving takes; None for a model whose config tells no shape.

    Without a GPU the cache has the size it is given; with one the engine takes its share of the
    memory whatever the window, so the cache is what weights and the rest leave of that.
    """
    try:
        shape, precision = make_shape(config), find_precision(find_dtype(config, dtype))
    except ShapeError:
        return None
    engine = CPU_DEFAULTS if gpu_bytes is None else get_gpu_defaults(gpu_bytes)
    weights = compute_weights_bytes(shape, precision)
    activations = compute_activation_bytes(shape, engine)
    overhead, cache = compute_overhead_bytes(shape, engine), cache_gib * _GIB
    if gpu_bytes is not None:
        usable = round(gpu_bytes * engine.usable_share)
        cache = max(0, usable - weights - activations - overhead)
    tokens = compute_cache_capacity(shape, cache, precision, engine, window)
    return Predicted(weights, cache, activations, overhead, tokens)


def make_results(
    measured: Sequence[Measured], predicted: Mapping[int, Predicted | None], dtype: str,
    hardware: str,
) -> list[Result]:  # fmt: skip
    """Return the results of all windows: predictions beside measurements."""
    results: list[Result] = []
    for each in measured:
        about = Conditions(
            precision=dtype, hardware=hardware, context_tokens=each.window_tokens,
            rule=f"{NAME}/{VERSION}",
        )  # fmt: skip
        results += _make_measured(each, about)
        forecast = predicted.get(each.window_tokens)
        if forecast is not None:
            results += _make_predicted(forecast, about)
    return results


def _make_measured(each: Measured, about: Conditions) -> list[Result]:
    here = Basis.MEASURED_HERE
    if each.obstacle is not None:
        noted = about.model_copy(update={"note": f"“{each.words}”"[:_MOST_NOTE]})
        return [Result("hardware_fit", here, text=each.obstacle, n=1, n_unit="starts",
                       conditions=noted)]  # fmt: skip
    note = f"a prompt of {each.prompt_tokens:,} tokens was answered" if each.prompt_tokens else None
    results = [Result("hardware_fit", here, text=FITS, n=1, n_unit="starts",
                      conditions=about.model_copy(update={"note": note}))]  # fmt: skip
    if each.peak_bytes:
        low, high = float(each.peak_bytes), float(each.high_bytes or each.peak_bytes)
        results.append(Result("peak_memory", here, low, low, high, unit="bytes", n=each.samples,
                              n_unit="samples", conditions=about))  # fmt: skip
    for metric, value, unit in (("weights_memory", each.weights_bytes, "bytes"),
                                ("cache_capacity", each.cache_tokens, "tokens")):  # fmt: skip
        if value is not None:
            exact = float(value)
            results.append(Result(metric, here, exact, exact, exact, unit=unit, n=1,
                                  n_unit="starts", conditions=about))  # fmt: skip
    return results


def _make_predicted(forecast: Predicted, about: Conditions) -> list[Result]:
    figures = (
        ("predicted_memory", forecast.peak_bytes, "bytes"),
        ("predicted_weights_memory", forecast.weights_bytes, "bytes"),
        ("predicted_cache_capacity", forecast.cache_tokens, "tokens"),
    )
    return [
        Result(metric, Basis.READ_FROM_RELEASE, float(value), float(value), float(value),
               unit=unit, n=1, n_unit="shapes", conditions=about)
        for metric, value, unit in figures
    ]  # fmt: skip
