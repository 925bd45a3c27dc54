"""The parameter breakdown: what a model's parameters do, and which are active for a token."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.frame import ACCENT, QUIET, Chart, make_axis, make_figure
from kb.text.plain_text import as_chart_text


@dataclass(frozen=True)
class RolePart:
    """The parameters with one role, and how many of them are active for a token."""

    role: str
    parameters: int
    used: int


def make_parameter_chart(parts: Sequence[RolePart]) -> Chart:
    """Return the chart, a bar for each role, the largest first; at least one part."""
    ordered = sorted(parts, key=lambda part: part.parameters)
    figure = make_figure(100 + 44 * len(ordered), r=90, t=48)
    names = [as_chart_text(part.role) for part in ordered]
    _draw(figure, names, [part.used for part in ordered], "active for a token", ACCENT)
    idle = [part.parameters - part.used for part in ordered]
    _draw(figure, names, idle, "inactive", QUIET)
    for name, part in zip(names, ordered, strict=True):
        figure.add_annotation(
            text=write_count(part.parameters), x=part.parameters, y=name, xanchor="left",
            xshift=6, showarrow=False, font={"size": 13},
        )  # fmt: skip
    legend = {"orientation": "h", "x": 0, "xref": "container", "y": 1, "yref": "container",
              "yanchor": "top"}  # fmt: skip
    figure.update_layout(barmode="stack", legend=legend)
    figure.update_xaxes(make_axis("Parameters"))
    figure.update_yaxes(make_axis(""))
    return Chart(figure, _finding(parts), _caption(parts))


def _draw(
    figure: go.Figure, names: Sequence[str], counts: Sequence[int], label: str, colour: str
) -> None:
    figure.add_bar(
        x=list(counts), y=list(names), orientation="h", name=label,
        marker={"color": colour, "line": {"color": ACCENT, "width": 1}},
        hovertemplate="%{y}: %{x:,}<extra>" + label + "</extra>",
    )  # fmt: skip


def write_count(count: float) -> str:
    """Return a count as people write it: 134.5 million, 108.6 billion."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if count >= size:
            return f"{count / size:,.1f} {word}"
    return f"{count:,.0f}"


def _finding(parts: Sequence[RolePart]) -> str:
    total, used = _sum(parts)
    if used == total:
        return f"All {write_count(total)} parameters are active for every token"
    return (
        f"{write_count(used)} of {write_count(total)} parameters are active for a token, "
        f"{used / total:.0%}"
    )


def _sum(parts: Sequence[RolePart]) -> tuple[int, int]:
    return sum(part.parameters for part in parts), sum(part.used for part in parts)


def _caption(parts: Sequence[RolePart]) -> str:
    words = "; ".join(
        f"{part.role} {part.parameters:,}, active {part.used:,}"
        for part in sorted(parts, key=lambda part: -part.parameters)
    )
    return (
        "Counted from the model's architecture. Each token uses only a few of the experts. The "
        "embedding table counts in full, although a token looks up one row of it; an image encoder "
        f"does not, since text bypasses it. {words}."
    )
