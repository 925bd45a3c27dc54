"""Outcomes by speaker: one stacked bar per maker of claims, as shares, with the counts in it."""

from collections import Counter
from collections.abc import Sequence

from dashboard.charts.frame import Chart, make_axis, make_figure, make_row_label
from dashboard.wording.outcome_marks import FELL_SHORT, MARKS, Mark
from kb.text.counting import count_things
from kb.text.plain_text import as_chart_text

_ROW = 66
_ROOMY, _NARROWEST = 0.09, 0.02


def make_vendor_chart(cells: Counter[tuple[str, str]], most: int = 12) -> Chart:
    """Return the chart of claims by (maker, outcome); those with most claims on top."""
    totals: Counter[str] = Counter()
    for (vendor, _), count in cells.items():
        totals[vendor] += count
    vendors = [vendor for vendor, _ in sorted(totals.items(), key=lambda kv: (-kv[1], kv[0]))]
    shown = vendors[:most]
    figure = make_figure(_ROW * len(shown) + 150, b=110, r=26)
    for mark in MARKS:
        counts = [cells[vendor, mark.outcome.value] for vendor in shown]
        if any(counts):
            shares = [count / totals[vendor] for count, vendor in zip(counts, shown, strict=True)]
            figure.add_bar(**_bars(mark, shares, counts))
    labels = [_make_label(vendor, totals[vendor], row) for row, vendor in enumerate(shown)]
    figure.update_layout(
        annotations=labels,
        barmode="stack",
        bargap=0.56,
        legend={"orientation": "h", "y": -0.02, "yref": "container", "yanchor": "bottom",
                "x": 0, "xref": "container", "traceorder": "normal", "font": {"size": 12}},
    )  # fmt: skip
    figure.update_xaxes(make_axis("Share of the speaker's claims", tickformat=".0%", range=[0, 1]))
    figure.update_yaxes(range=[len(shown) - 0.5, -0.7], visible=False, fixedrange=True)
    return Chart(figure, _finding(cells), _caption(shown, cells, len(vendors)))


def _make_label(vendor: str, claims: int, row: int) -> dict[str, object]:
    words = f"<b>{as_chart_text(vendor)}</b>  {count_things(claims, 'claim')}"
    return make_row_label(words, row, above=15)


def _bars(mark: Mark, shares: list[float], counts: list[int]) -> dict[str, object]:
    return {
        "orientation": "h",
        "name": f"{mark.symbol} {mark.word}",
        "x": shares,
        "y": list(range(len(shares))),
        "customdata": counts,
        "text": [_label(mark, share, count) for share, count in zip(shares, counts, strict=True)],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": "#111111", "size": 13},
        "hovertext": [f"{mark.word}: {count}" for count in counts],
        "hoverinfo": "text",
        "marker": {
            "color": mark.colour,
            "line": {"color": "#FFFFFF", "width": 1},
            "pattern": {
                "shape": mark.pattern,
                "size": 8,
                "solidity": 0.2,
                "bgcolor": mark.colour,
                "fgcolor": "rgba(255,255,255,0.5)",
            },
        },
    }


def _label(mark: Mark, share: float, count: int) -> str:
    if share < _NARROWEST:
        return ""
    return f"<b>{mark.symbol} {count}</b>" if share >= _ROOMY else f"<b>{count}</b>"


def _finding(cells: Counter[tuple[str, str]]) -> str:
    if not cells:
        return "No claim is on record yet"
    fallen = sum(count for (_, outcome), count in cells.items() if outcome in FELL_SHORT)
    settled = fallen + sum(n for (_, outcome), n in cells.items() if outcome == "supported")
    open_share = 1 - settled / cells.total()
    if open_share >= 0.5:
        return f"{open_share:.0%} of the claims are unresolved or cannot be tested"
    return f"{fallen} of {count_things(settled, 'settled claim')} fell short"


def _count_shown(shown: int, total: int) -> str:
    if shown == total > 1:
        return f"all {total:,} speakers"
    return f"{shown:,} of {count_things(total, 'speaker')}"


def _caption(vendors: Sequence[str], cells: Counter[tuple[str, str]], total: int) -> str:
    lines = []
    for vendor in vendors[:3]:
        parts = [(mark, cells[vendor, mark.outcome.value]) for mark in MARKS]
        told = ", ".join(f"{count} {mark.word.lower()}" for mark, count in parts if count)
        lines.append(f"{vendor}: {told}.")
    return f"Claims by whoever made them; {_count_shown(len(vendors), total)} shown. " + " ".join(
        lines
    )
