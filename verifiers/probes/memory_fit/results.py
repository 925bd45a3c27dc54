"""What serving takes, predicted from the shape of a model, beside what was measured."""

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

_RULE = "memory_fit/1"
FITS, OUT_OF_MEMORY, REFUSED = "fits", "out of memory", "refused"
_GIB = 1024**3
_MOST_NOTE = 1900
_FORMATS = {"float16": "bf16", "bfloat16": "bf16", "float32": "float32"}


@dataclass(frozen=True)
class WindowPredicted:
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
class WindowMeasured:
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
) -> WindowPredicted | None:
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
    return WindowPredicted(weights, cache, activations, overhead, tokens)


def make_results(
    measured: Sequence[WindowMeasured], predicted: Mapping[int, WindowPredicted | None], dtype: str,
    hardware: str,
) -> list[Result]:  # fmt: skip
    """Return the results of all windows: predictions beside measurements."""
    results: list[Result] = []
    for window in measured:
        about = Conditions(
            precision=dtype, hardware=hardware, context_tokens=window.window_tokens,
            rule=_RULE,
        )  # fmt: skip
        results += _make_measured(window, about)
        forecast = predicted.get(window.window_tokens)
        if forecast is not None:
            results += _make_predicted(forecast, about)
    return results


def _make_measured(window: WindowMeasured, about: Conditions) -> list[Result]:
    here = Basis.MEASURED_HERE
    if window.obstacle is not None:
        noted = about.model_copy(update={"note": f"“{window.words}”"[:_MOST_NOTE]})
        return [Result("hardware_fit", here, text=window.obstacle, n=1, n_unit="starts",
                       conditions=noted)]  # fmt: skip
    note = (
        f"a prompt of {window.prompt_tokens:,} tokens was answered"
        if window.prompt_tokens
        else None
    )
    results = [Result("hardware_fit", here, text=FITS, n=1, n_unit="starts",
                      conditions=about.model_copy(update={"note": note}))]  # fmt: skip
    if window.peak_bytes:
        low, high = float(window.peak_bytes), float(window.high_bytes or window.peak_bytes)
        results.append(Result("peak_memory", here, low, low, high, unit="bytes", n=window.samples,
                              n_unit="samples", conditions=about))  # fmt: skip
    for metric, value, unit in (("weights_memory", window.weights_bytes, "bytes"),
                                ("cache_capacity", window.cache_tokens, "tokens")):  # fmt: skip
        if value is not None:
            exact = float(value)
            results.append(Result(metric, here, exact, exact, exact, unit=unit, n=1,
                                  n_unit="starts", conditions=about))  # fmt: skip
    return results


def _make_predicted(forecast: WindowPredicted, about: Conditions) -> list[Result]:
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
