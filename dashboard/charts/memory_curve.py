"""The memory curve: what serving a prompt takes, by number format, against the memory there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log2

import plotly.graph_objects as go

from dashboard.charts.frame import ACCENT, MIDDLE, Chart, make_axis, make_figure
from kb.text.plain_text import as_chart_text

_GIB = 1024**3
_COLOURS = {"bf16": "#D55E00", "fp8": "#E69F00", "int4": ACCENT}
_DASHES = {"bf16": "solid", "fp8": "dash", "int4": "solid"}
_MARKS = {"bf16": "square", "fp8": "diamond", "int4": "circle"}


@dataclass(frozen=True)
class Need:
    """Memory needed at a prompt length in a number format."""

    precision: str
    context_tokens: int
    total_bytes: int
    weights_bytes: int


@dataclass(frozen=True)
class Limit:
    """The longest prompt that fits in a number format; 0 where none does."""

    precision: str
    tokens: float
    low: float
    high: float


def make_memory_chart(
    needs: Sequence[Need], limits: Sequence[Limit], usable_bytes: int, hardware: str
) -> Chart:
    """Return the chart; `needs` in order of length, at least one."""
    figure = make_figure(420, t=30, r=70)
    for precision in dict.fromkeys(need.precision for need in needs):
        _draw_curve(figure, precision, [need for need in needs if need.precision == precision])
    usable = usable_bytes / _GIB
    figure.add_hline(y=usable, line={"color": MIDDLE, "width": 2, "dash": "dot"})
    figure.add_annotation(
        text=f"usable on {as_chart_text(hardware)}: {usable:,.0f} GiB", xref="paper", x=1,
        y=_log10(usable), yref="y", yanchor="top", xanchor="right", showarrow=False,
        font={"size": 12},
    )  # fmt: skip
    lengths = [need.context_tokens for need in needs]
    figure.update_xaxes(make_axis("Prompt length in tokens (log scale)", **_ticks(lengths)))
    figure.update_yaxes(make_axis("Memory, GiB (log scale)", type="log"))
    figure.update_layout(showlegend=False)
    return Chart(figure, _finding(limits, hardware), _caption(needs, limits, hardware))


def _draw_curve(figure: go.Figure, precision: str, needs: Sequence[Need]) -> None:
    colour = _COLOURS.get(precision, MIDDLE)
    figure.add_scatter(
        x=[need.context_tokens for need in needs],
        y=[need.total_bytes / _GIB for need in needs],
        mode="lines+markers",
        name=precision,
        line={"color": colour, "width": 2.5, "dash": _DASHES.get(precision, "dot")},
        marker={"symbol": _MARKS.get(precision, "x"), "size": 7},
        hovertemplate="%{x:,} tokens: %{y:,.1f} GiB<extra>" + as_chart_text(precision) + "</extra>",
    )
    first = needs[0]  # the curves meet at their ends
    figure.add_annotation(
        text=as_chart_text(precision), x=_log10(first.context_tokens), xref="x",
        y=_log10(first.total_bytes / _GIB), yref="y", xanchor="left", yanchor="top", yshift=-6,
        showarrow=False, font={"size": 13, "color": colour},
    )  # fmt: skip


def _log10(value: float) -> float:
    return log2(value) / log2(10)


def _ticks(lengths: Sequence[int]) -> dict[str, object]:
    first, last = floor(log2(min(lengths))), floor(log2(max(lengths)))
    values = [2**power for power in range(first, last + 1, 2)]
    span = [_log10(min(lengths)) - 0.1, _log10(max(lengths)) + 0.1]
    words = [_write_length(value) for value in values]
    return {"type": "log", "range": span, "tickvals": values, "ticktext": words}


def _write_length(tokens: int) -> str:
    return f"{tokens // 2**20}M" if tokens >= 2**20 else f"{tokens // 2**10}K"


def _finding(limits: Sequence[Limit], hardware: str) -> str:
    fitting = [limit for limit in limits if limit.tokens > 0]
    if not fitting:
        return f"It does not fit on {hardware} in any number format"
    best = max(fitting, key=lambda limit: limit.tokens)
    reach = f"up to about {best.tokens:,.0f} tokens"
    if len(fitting) == 1 and len(limits) > 1:
        return f"Only the {best.precision} version fits on {hardware}: {reach}"
    return f"The {best.precision} version goes furthest on {hardware}: {reach}"


def _caption(needs: Sequence[Need], limits: Sequence[Limit], hardware: str) -> str:
    weights = {need.precision: need.weights_bytes / _GIB for need in needs}
    lines = [
        f"{limit.precision}: weights {weights.get(limit.precision, 0):,.1f} GiB, "
        + (
            f"longest prompt about {limit.tokens:,.0f} tokens ({limit.low:,.0f} to "
            f"{limit.high:,.0f})."
            if limit.high
            else "does not fit."
        )
        for limit in limits
    ]
    return (
        "Predicted from the model's architecture: weights, KV cache, working memory for one step "
        f"and the engine's own share, with vLLM's defaults on {hardware}. The lower bound is for "
        "an engine that caches the whole prompt in every layer, the upper bound for one that "
        f"caches less in layers with short windows. {' '.join(lines)}"
    )
