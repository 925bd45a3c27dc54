"""Claimed against found: the ratio of the two, one row per claim, on a log scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

import plotly.graph_objects as go

from dashboard.charts.frame import MIDDLE, Chart, make_axis, make_figure, make_row_label
from dashboard.wording.outcome_marks import find_mark
from dashboard.wording.words import write_number
from kb.text.counting import count_things
from kb.text.plain_text import as_chart_text

_ROW = 60
_FAR = 3.0


@dataclass(frozen=True)
class Gap:
    """One claim whose figures share a unit; `ratio` is claimed over found, both positive.

    `ratio_low` and `ratio_high` are the ends of its interval: the found value's upper and
    lower end. `ratio_high` is infinite where the found value may be zero.
    """

    label: str
    said: str
    found: str
    outcome: str
    ratio: float
    ratio_low: float | None = None
    ratio_high: float | None = None


def write_ratio(ratio: float) -> str:
    """Return how the found figure compares: found 10,000× less, as claimed (within 1%)."""
    if abs(log10(ratio)) < 0.0044:
        return "as claimed"
    times = ratio if ratio > 1 else 1 / ratio
    shown = f"{times:,.0f}" if times >= 10 else f"{times:,.2g}" if times >= 2 else f"{times:,.2f}"
    return f"found {shown}× {'less' if ratio > 1 else 'more'}"


def make_gap_chart(
    gaps: Sequence[Gap], zeros: int = 0, most: int = 12, total: int | None = None
) -> Chart:
    """Return the chart of the `most` widest gaps, widest on top; `zeros` are only counted.

    `total` is how many gaps there are where only some are given.
    """
    shown = sorted(gaps, key=lambda gap: abs(log10(gap.ratio)), reverse=True)[:most]
    figure = make_figure(_ROW * len(shown) + 76, t=4)
    low, high = _span(shown)
    for row, gap in enumerate(shown):
        _draw_gap(figure, gap, row, high)
    figure.update_xaxes(make_axis("Claimed ÷ found (log scale)", **_ticks(low, high)))
    figure.update_yaxes(range=[len(shown) - 0.35, -0.75], visible=False, fixedrange=True)
    labels = [_make_label(gap, row) for row, gap in enumerate(shown)]
    figure.update_layout(showlegend=False, annotations=labels)
    return Chart(
        figure, _finding(shown), _caption(shown, len(gaps) if total is None else total, zeros)
    )


def _draw_gap(figure: go.Figure, gap: Gap, row: int, edge: float) -> None:
    mark = find_mark(gap.outcome)
    line = {"color": mark.colour, "width": 3}
    hover = f"{as_chart_text(gap.label)}<br>Claimed: {as_chart_text(gap.said)}<br>Found: "
    figure.add_scatter(x=[1, gap.ratio], y=[row, row], mode="lines", line=line, hoverinfo="skip")
    start = {"symbol": "line-ns", "size": 16, "line": {"color": MIDDLE, "width": 2}}
    figure.add_scatter(x=[1], y=[row], mode="markers", marker=start, hoverinfo="skip")
    figure.add_scatter(
        x=[gap.ratio],
        y=[row],
        mode="markers",
        marker={"color": mark.colour, "size": 13, "symbol": mark.point},
        error_x=_bars(gap, edge, mark.colour),
        hovertext=f"{hover}{as_chart_text(gap.found)}<br>{mark.word}",
        hoverinfo="text",
        name=gap.label,
    )


def _make_label(gap: Gap, row: int) -> dict[str, object]:
    mark = find_mark(gap.outcome)
    words = f"<b>{as_chart_text(gap.label)}</b>  {mark.symbol} {write_ratio(gap.ratio)}"
    return make_row_label(words, row, above=8)


def _bars(gap: Gap, edge: float, colour: str) -> dict[str, object] | None:
    if gap.ratio_low is None or gap.ratio_high is None:
        return None
    far = min(gap.ratio_high, edge)
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(0.0, far - gap.ratio)],
        "arrayminus": [max(0.0, gap.ratio - gap.ratio_low)],
        "color": colour,
        "thickness": 1.5,
        "width": 6,
    }


def _span(gaps: Sequence[Gap]) -> tuple[float, float]:
    ends = [1.0]
    for gap in gaps:
        known = (gap.ratio, gap.ratio_low, gap.ratio_high)
        ends += [end for end in known if end is not None and end != float("inf")]
    return min(ends) / _FAR, max(ends) * _FAR


def _ticks(low: float, high: float) -> dict[str, object]:
    powers = range(floor(log10(low)), floor(log10(high)) + 1)
    values = [10.0**power for power in powers if low <= 10.0**power <= high]
    words = ["as<br>claimed" if value == 1 else f"{value:,.10g}×" for value in values]
    shown = {"tickvals": values, "ticktext": words}
    return {"type": "log", "range": [log10(low), log10(high)], **shown}


def _finding(gaps: Sequence[Gap]) -> str:
    if not gaps:
        return "No claim can be compared with a figure yet"
    tenfold = sum(1 for gap in gaps if gap.ratio >= 10)
    if not tenfold:
        return "No claim is as much as ten times what was found"
    widest = write_number(float(f"{max(gap.ratio for gap in gaps):.2g}"))
    verb = "claim is" if tenfold == 1 else "claims are"
    return f"{tenfold} {verb} at least ten times what was found; the widest is {widest} times"


def _count_shown(shown: int, total: int) -> str:
    if shown == total > 1:
        return f"all {total:,} claims that have"
    return f"{shown:,} of {count_things(total, 'claim')} with"


def _caption(gaps: Sequence[Gap], total: int, zeros: int) -> str:
    lines = [f"{gap.label}, claimed {gap.said}, found {gap.found}." for gap in gaps[:3]]
    return (
        "The further a line reaches, the further the claim exceeds what was found; at 10×, it is "
        "ten times as much. "
        "Bars show the interval, where a result has one. The chart shows "
        f"{_count_shown(len(gaps), total)} both figures in the same unit. "
        + (f"{zeros} more with a finding of zero have no ratio. " if zeros else "")
        + " ".join(lines)
    )
