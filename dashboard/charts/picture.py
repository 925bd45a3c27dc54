"""A chart as a picture of its own: title above, source line below, on a plain background."""

from collections.abc import Sequence
from copy import deepcopy
from textwrap import wrap

import plotly.graph_objects as go

from dashboard.charts.frame import FONT, Chart
from kb.text.plain_text import as_chart_text

WIDTH, HEIGHT, SCALE = 940, 620, 2
_INK, _PAPER, _QUIET = "#1B1A18", "#FDFCFA", "#5B5852"
_TITLE_CHARACTERS, _LINE_CHARACTERS = 62, 120
_TITLE_LINE, _LINE = 30, 19


def make_picture(chart: Chart, title: str, source_lines: Sequence[str]) -> go.Figure:
    """Return a figure of fixed size; `source_lines` say where it comes from, each on a line."""
    heads = wrap(title, _TITLE_CHARACTERS)
    lines = [part for line in source_lines for part in wrap(line, _LINE_CHARACTERS)]
    above, below = len(heads) * _TITLE_LINE + 72, len(lines) * _LINE + 92
    figure = go.Figure(deepcopy(chart.figure.to_dict()))
    figure.update_layout(
        width=WIDTH, height=HEIGHT, autosize=False, paper_bgcolor=_PAPER, plot_bgcolor=_PAPER,
        font={"family": FONT, "size": 15, "color": _INK}, showlegend=False,
        margin={"l": 40, "r": 40, "t": above, "b": below},
    )  # fmt: skip
    inner = HEIGHT - above - below
    _write(figure, heads, 1 + (above - 24) / inner, 23, _INK, bold=True)
    _write(figure, [chart.finding], 1 + 42 / inner, 16, _QUIET)
    _write(figure, lines, -(below - len(lines) * _LINE - 12) / inner, 13, _QUIET)
    return figure


def _write(
    figure: go.Figure, lines: Sequence[str], y: float, size: int, colour: str, *, bold: bool = False
) -> None:
    """Put lines at the left edge, their top at `y` of the plot's height."""
    words = "<br>".join(as_chart_text(line) for line in lines)
    figure.add_annotation(
        text=f"<b>{words}</b>" if bold else words, xref="paper", yref="paper", x=0, y=y,
        xanchor="left", yanchor="top", showarrow=False, align="left",
        font={"size": size, "color": colour},
    )  # fmt: skip
