"""A claim with nothing to plot, as a card: the claim and the verdict in words."""

from textwrap import wrap
from unicodedata import east_asian_width

from dashboard.charts.frame import MIDDLE, Chart, make_figure
from dashboard.wording.outcome_marks import find_mark
from kb.text.plain_text import as_chart_text

_CHARACTERS, _ROWS = 78, 11
_MOST_SAID, _MOST_FOUND = 3, 6
_HEIGHT = 380
_VERDICT = 25  # its size, in pixels


def make_card(said_by: str, claimed: str, outcome: str | None, explanation: str | None) -> Chart:
    """Return the card; long words are cut, and say so with an ellipsis."""
    mark = find_mark(outcome)
    words = explanation or mark.meaning
    lines = [
        (said_by, 16, MIDDLE),
        *((line, 23, None) for line in _cut(f"“{claimed}”", _MOST_SAID)),
        ("", 13, None),
        (f"{mark.symbol} {mark.word}", _VERDICT, mark.colour),
        *((line, 20, None) for line in _cut(words, _MOST_FOUND)),
    ]
    figure = make_figure(_HEIGHT)
    figure.update_xaxes(visible=False, range=[0, 1], fixedrange=True)
    figure.update_yaxes(visible=False, range=[max(_ROWS, len(lines)), 0], fixedrange=True)
    figure.update_layout(annotations=[_place(row, *line) for row, line in enumerate(lines)])
    return Chart(figure, "The claim and the verdict", f"{said_by}: {claimed}. {mark.word}: {words}")


def _cut(text: str, most: int) -> list[str]:
    words = " ".join(text.split())
    is_wide = any(east_asian_width(letter) in "WF" for letter in words)
    width = _CHARACTERS // 2 if is_wide else _CHARACTERS
    return wrap(words, width, max_lines=most, placeholder=" …")


def _place(row: int, words: str, size: int, colour: str | None) -> dict[str, object]:
    font = {"size": size} if colour is None else {"size": size, "color": colour}
    text = as_chart_text(words)
    return {
        "text": f"<b>{text}</b>" if size == _VERDICT else text, "xref": "paper", "x": 0, "y": row,
        "xanchor": "left", "yanchor": "top", "showarrow": False, "align": "left", "font": font,
    }  # fmt: skip
