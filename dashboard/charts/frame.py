"""What all charts share: a drawn figure with its words, and the look of its frame."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

QUIET = "rgba(128,128,128,0.28)"
MIDDLE = "#808080"
ACCENT = "#0072B2"
FONT = "Source Sans, Helvetica Neue, Helvetica, Arial, sans-serif"


@dataclass(frozen=True)
class Chart:
    """A figure, the finding shown above it, and a description for people who cannot see it."""

    figure: go.Figure
    finding: str
    caption: str


def make_figure(height: int, **margins: int) -> go.Figure:
    """Return an empty figure without a background, so that it fits light pages and dark."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 56, **margins},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "size": 14},
        dragmode=False,
        hoverlabel={"align": "left"},
    )
    return figure


def make_axis(title: str, **more: Any) -> dict[str, Any]:
    """Return an axis with its title, thin lines, and no zooming by accident."""
    return {
        "title": {"text": title, "standoff": 10, "font": {"size": 13}},
        "gridcolor": QUIET,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 12},
        "automargin": True,
        **more,
    }


def make_row_label(words: str, row: int, above: int) -> dict[str, Any]:
    """Return the words that stand at the left, `above` pixels over a row of a chart."""
    return {
        "text": words, "xref": "paper", "x": 0, "y": row, "xanchor": "left", "yanchor": "bottom",
        "yshift": above, "showarrow": False, "align": "left", "font": {"size": 13},
    }  # fmt: skip
