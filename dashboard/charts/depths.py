"""The depth map: score by prompt length and by position of the answer in the text."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.frame import Chart, make_axis, make_figure

PARTS = 5
# Light at both ends, so that figures stay readable; orange to blue, for the colour-blind.
_SCALE = ((0.0, "#F2B48A"), (0.5, "#F3EFE6"), (1.0, "#86C1EA"))
_NAMES = ("first fifth", "second", "middle", "fourth", "last fifth")


@dataclass(frozen=True)
class Cell:
    """The mean score of questions of one length whose answer lies in one fifth of the text."""

    context_tokens: int
    part: int
    value: float
    n: int


def make_depth_chart(cells: Sequence[Cell]) -> Chart:
    """Return the chart; `cells` hold at least one, `part` runs from 0 (start) to 4 (end)."""
    lengths = sorted({cell.context_tokens for cell in cells})
    by_place = {(cell.part, cell.context_tokens): cell for cell in cells}
    figure = make_figure(340, t=10, r=24)
    grid = [[by_place.get((part, length)) for length in lengths] for part in range(PARTS)]
    figure.add_trace(
        go.Heatmap(
            x=[f"{length:,}" for length in lengths],
            y=list(_NAMES),
            z=[[cell.value if cell else None for cell in row] for row in grid],
            text=[[_label(cell) for cell in row] for row in grid],
            texttemplate="%{text}",
            zmin=0,
            zmax=1,
            colorscale=_SCALE,
            textfont={"color": "#111111", "size": 12},
            xgap=2,
            ygap=2,
            hoverongaps=False,
            hovertemplate="%{x} tokens, %{y} of the text: %{text}<extra></extra>",
            colorbar={"title": {"text": "score"}, "tickformat": ".0%", "thickness": 12},
        )
    )
    figure.update_xaxes(make_axis("Prompt length in tokens", type="category"))
    figure.update_yaxes(make_axis("Position of the answer", autorange="reversed"))
    return Chart(figure, _finding(cells), _caption(cells))


def _label(cell: Cell | None) -> str:
    return f"{cell.value:.0%}<br>n = {cell.n}" if cell else ""


def _finding(cells: Sequence[Cell]) -> str:
    means = {part: _mean([cell for cell in cells if cell.part == part]) for part in range(PARTS)}
    known = {part: mean for part, mean in means.items() if mean is not None}
    best, worst = (pick(known, key=lambda part: known[part] or 0.0) for pick in (max, min))
    if best == worst or known[best] == known[worst]:
        return "The position of the answer makes no difference"
    return (
        f"The score is best in the {_name(best)} of the text ({known[best]:.0%}) and worst in the "
        f"{_name(worst)} ({known[worst]:.0%}), though on few questions"
    )


def _name(part: int) -> str:
    return _NAMES[part] if "fifth" in _NAMES[part] else f"{_NAMES[part]} fifth"


def _mean(cells: Sequence[Cell]) -> float | None:
    n = sum(cell.n for cell in cells)
    return sum(cell.value * cell.n for cell in cells) / n if n else None


def _caption(cells: Sequence[Cell]) -> str:
    told = "; ".join(
        f"{cell.context_tokens:,} tokens, {_name(cell.part)}: {cell.value:.0%} of {cell.n}"
        for cell in sorted(cells, key=lambda cell: (cell.context_tokens, cell.part))
    )
    return (
        "Only questions whose answer is in a single place are counted, grouped by the fifth of the "
        f"text that contains the answer. A cell with a small sample (n) is a hint, not a finding. "
        f"{told}."
    )
