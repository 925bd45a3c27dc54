"""Ratings over time: a line for each model, with intervals, beside the claimed figure."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts.frame import ACCENT, MIDDLE, Chart, make_axis, make_figure
from kb.text.counting import count_things
from kb.text.plain_text import as_chart_text

_VERMILLION = "#D55E00"
# Told apart by sign and dash as well as by colour.
_LOOKS = (
    (ACCENT, "circle", "solid"),
    ("#E69F00", "diamond", "dash"),
    ("#009E73", "square", "dot"),
    ("#CC79A7", "triangle-up", "dashdot"),
)


@dataclass(frozen=True)
class RatedDay:
    """A rating of a model on a day (ISO), in points, with its interval, votes and rank."""

    model: str
    day: str
    value: float
    low: float | None = None
    high: float | None = None
    votes: int | None = None
    rank: int | None = None


def make_rating_chart(
    days: Sequence[RatedDay], claimed: float | None, said_on: str | None, board: str
) -> Chart:
    """Return the chart; `days` oldest first, at least one; `said_on` is the day of the claim."""
    figure = make_figure(420, t=30, r=24)
    models = list(dict.fromkeys(day.model for day in days))
    for place, model in enumerate(models):
        _draw_model(figure, [day for day in days if day.model == model], place)
    if claimed is not None:
        _draw_claim(figure, claimed)
    if said_on is not None:
        _draw_day(figure, said_on)
    figure.update_xaxes(
        make_axis(
            f"Date of the leaderboard ({as_chart_text(board)})", type="date", tickformat="%-d %b %Y"
        )
    )
    figure.update_yaxes(make_axis("Rating in Elo points", tickformat=",.0f"))
    figure.update_layout(
        showlegend=True, legend={"orientation": "h", "yanchor": "bottom", "y": 1.04, "x": 0}
    )
    return Chart(figure, _find(days, models), _caption(days, claimed, said_on, board))


def _draw_model(figure: go.Figure, days: Sequence[RatedDay], place: int) -> None:
    colour, sign, dash = _LOOKS[place % len(_LOOKS)]
    above = [None if day.high is None else day.high - day.value for day in days]
    below = [None if day.low is None else day.value - day.low for day in days]
    figure.add_scatter(
        x=[rated.day for rated in days],
        y=[day.value for day in days],
        mode="lines+markers",
        line={"color": colour, "width": 2.5, "dash": dash},
        marker={"size": 10, "color": colour, "symbol": sign},
        error_y={"type": "data", "symmetric": False, "array": above, "arrayminus": below,
                 "thickness": 1.5, "width": 5, "color": colour},
        hovertext=[_tell(day) for day in days],
        hoverinfo="text",
        name=as_chart_text(days[0].model),
    )  # fmt: skip


def _tell(rated: RatedDay) -> str:
    interval = ""
    if rated.low is not None and rated.high is not None:
        interval = f" [{rated.low:,.0f}, {rated.high:,.0f}]"
    votes = f", {count_things(rated.votes, 'vote')}" if rated.votes else ""
    rank = f", rank {rated.rank}" if rated.rank else ""
    return f"{as_chart_text(rated.model)}, {rated.day}: {rated.value:,.0f}{interval}{rank}{votes}"


def _draw_claim(figure: go.Figure, claimed: float) -> None:
    figure.add_hline(y=claimed, line={"color": _VERMILLION, "width": 2, "dash": "dot"})
    figure.add_annotation(
        text=f"claimed: {claimed:,.0f}", xref="paper", x=1, y=claimed, xanchor="right",
        yanchor="bottom", showarrow=False, font={"size": 12, "color": _VERMILLION},
    )  # fmt: skip


def _draw_day(figure: go.Figure, said_on: str) -> None:
    day = (said_on + "-01-01")[:10]
    figure.add_vline(x=day, line={"color": MIDDLE, "width": 1.5, "dash": "dash"})
    figure.add_annotation(
        text=f"claimed {as_chart_text(said_on)}", x=day, yref="paper", y=0, xanchor="left",
        yanchor="bottom", showarrow=False, font={"size": 12},
    )  # fmt: skip


def _find(days: Sequence[RatedDay], models: Sequence[str]) -> str:
    newest = {rated.model: rated for rated in days}
    if len(models) < 2:
        only = newest[models[0]]
        return f"{only.model} was last rated {only.value:,.0f}, on {only.day}"
    ordered = sorted(newest.values(), key=lambda rated: -rated.value)
    gap = ordered[0].value - ordered[-1].value
    return (
        f"{ordered[0].model} was rated {gap:,.0f} points above {ordered[-1].model}, by the latest "
        "rating of each"
    )


def _caption(
    days: Sequence[RatedDay], claimed: float | None, said_on: str | None, board: str
) -> str:
    line = f" The dotted line is the claimed {claimed:,.0f}." if claimed is not None else ""
    day = f" The dashed line is the day of the claim, {said_on}." if said_on else ""
    if claimed is not None and said_on is None:
        day = " The date of the claim is not on record."
    told = "; ".join(_tell(day) for day in days)
    drift = f"Ratings drift as models join {board}. Bars are 95% intervals."
    return f"{drift}{line}{day} {told}."
