"""The context curve: mean score against prompt length, with intervals."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log2, log10

import plotly.graph_objects as go

from dashboard.charts.frame import ACCENT, MIDDLE, Chart, make_axis, make_figure
from kb.text.counting import count_things
from kb.text.plain_text import as_chart_text

_VERMILLION = "#D55E00"


@dataclass(frozen=True)
class Point:
    """A score at a prompt length: a proportion with its interval and the trials behind it."""

    context_tokens: int
    value: float
    low: float | None
    high: float | None
    n: int | None


@dataclass(frozen=True)
class Threshold:
    """The score that counts as passing, a short name for it, and the rule that sets it."""

    score: float
    name: str
    rule: str


def make_curve_chart(
    points: Sequence[Point], claimed_tokens: float | None, thresholds: Sequence[Threshold] = ()
) -> Chart:
    """Return the chart; `points` in order of length, at least one."""
    figure = make_figure(400, t=30, r=24)
    lengths = [float(point.context_tokens) for point in points]
    ends = [*lengths, claimed_tokens] if claimed_tokens else lengths
    span = log2(min(ends)) - 0.35, log2(max(ends)) + 0.35
    _draw_band(figure, points)
    _draw_scores(figure, points)
    for threshold in thresholds:
        _draw_threshold(figure, threshold, is_upper=threshold is max(thresholds, key=_get_score))
    if claimed_tokens:
        _draw_claim(figure, claimed_tokens)
    figure.update_xaxes(make_axis("Prompt length in tokens (log scale)", **_ticks(*span)))
    score = make_axis("Mean score", tickformat=".0%", range=[0, 1.04])
    figure.update_yaxes(score)
    figure.update_layout(showlegend=False)
    return Chart(figure, _finding(points, thresholds), _caption(points, claimed_tokens, thresholds))


def _draw_band(figure: go.Figure, points: Sequence[Point]) -> None:
    known = [p for p in points if p.low is not None and p.high is not None]
    lengths = [p.context_tokens for p in known]
    figure.add_scatter(
        x=[*lengths, *reversed(lengths)],
        y=[*(p.high for p in known), *(p.low for p in reversed(known))],
        fill="toself",
        fillcolor="rgba(0,114,178,0.13)",
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
        name="interval",
    )


def _draw_scores(figure: go.Figure, points: Sequence[Point]) -> None:
    above = [None if p.high is None else p.high - p.value for p in points]
    below = [None if p.low is None else p.value - p.low for p in points]
    figure.add_scatter(
        x=[p.context_tokens for p in points],
        y=[p.value for p in points],
        mode="lines+markers",
        line={"color": ACCENT, "width": 2.5},
        marker={"size": 9, "color": ACCENT},
        error_y={"type": "data", "symmetric": False, "array": above, "arrayminus": below,
                 "thickness": 1.5, "width": 5, "color": ACCENT},
        hovertext=[_hover(p) for p in points],
        hoverinfo="text",
        name="score",
    )  # fmt: skip


def _hover(point: Point) -> str:
    interval = ""
    if point.low is not None and point.high is not None:
        interval = f"<br>95% interval {point.low:.0%} to {point.high:.0%}"
    trials = f"<br>{count_things(point.n, 'question')}" if point.n else ""
    return f"{point.context_tokens:,} tokens: {point.value:.0%}{interval}{trials}"


def _get_score(threshold: Threshold) -> float:
    return threshold.score


def _draw_threshold(figure: go.Figure, threshold: Threshold, is_upper: bool) -> None:
    dash = "dash" if is_upper else "dashdot"
    figure.add_hline(y=threshold.score, line={"color": MIDDLE, "dash": dash, "width": 1.5})
    figure.add_annotation(
        text=f"{as_chart_text(threshold.name)}: {threshold.score:.0%}", xref="paper", x=0,
        y=threshold.score, xanchor="left", yanchor="bottom" if is_upper else "top", xshift=6,
        showarrow=False, font={"size": 12},
    )  # fmt: skip


def _draw_claim(figure: go.Figure, claimed: float) -> None:
    figure.add_vline(x=claimed, line={"color": _VERMILLION, "width": 2, "dash": "dot"})
    figure.add_annotation(
        text=f"claimed: {as_chart_text(f'{claimed:,.0f}')}", x=log10(claimed), yref="paper", y=1,
        xanchor="right", yanchor="bottom", showarrow=False,
        font={"size": 12, "color": _VERMILLION},
    )  # fmt: skip


def _ticks(low: float, high: float) -> dict[str, object]:
    step = max(1, ceil((high - low) / 8))
    values = [2**power for power in range(ceil(low), floor(high) + 1, step)]
    words = [f"{value:,}" if value < 2**20 else f"{value // 2**20}M" for value in values]
    edges = [low * log10(2), high * log10(2)]
    return {"type": "log", "range": edges, "tickvals": values, "ticktext": words, "tickangle": 0}


def _finding(points: Sequence[Point], thresholds: Sequence[Threshold]) -> str:
    longest = points[-1]
    if not thresholds:
        return (
            f"{longest.value:.0%} at {longest.context_tokens:,} tokens, the longest prompt tested"
        )
    named = _name(thresholds)
    lowest = min(thresholds, key=_get_score)
    fallen = next((p for p in points if p.high is not None and p.high < lowest.score), None)
    if fallen is None:
        return f"Up to {longest.context_tokens:,} tokens, no score is clearly below {named}"
    return f"By {fallen.context_tokens:,} tokens the score is clearly below {named}"


def _name(thresholds: Sequence[Threshold]) -> str:
    return "both thresholds" if len(thresholds) > 1 else "the threshold"


def _caption(
    points: Sequence[Point], claimed: float | None, thresholds: Sequence[Threshold]
) -> str:
    rules = "; ".join(f"{one.score:.0%}, the {one.name} ({one.rule})" for one in thresholds)
    rules = f" The horizontal lines are the thresholds: {rules}." if rules else ""
    limit = f" The dotted line is the claimed length, {claimed:,.0f} tokens." if claimed else ""
    told = "; ".join(f"{p.context_tokens:,} tokens: {p.value:.0%}" for p in points)
    return f"Bars and the shaded band are 95% intervals.{rules}{limit} {told}."
