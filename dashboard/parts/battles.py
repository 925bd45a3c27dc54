"""Ratings over time and battles, as parts of a page."""

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.frame import Chart
from dashboard.charts.ratings import RatedDay, make_rating_chart
from dashboard.parts.layout import show, show_chart, show_section
from dashboard.reads.published import Row
from dashboard.wording.markup import Content, join, make_table, tag
from dashboard.wording.words import join_words, write_time
from kb.text.counting import count_things

_OUTCOMES = {1.0: "won", 0.5: "tied", 0.0: "lost"}
_MOST_SHOWN = 500


def make_rating_charts(
    rows: Sequence[Row], claim: Row | None, said_on: str | None
) -> dict[str, Chart]:
    """Return ratings over time, a chart for each board."""
    charts = {}
    for board in dict.fromkeys(row["board"] for row in rows):
        days = [
            RatedDay(
                row["model"], row["as_of"], row["value"], row["low"], row["high"], row["n"],
                row["rank"],
            )
            for row in rows
            if row["board"] == board
        ]  # fmt: skip
        claimed = claim["claimed_value"] if claim and claim["claim_type"] == "elo" else None
        charts[board] = make_rating_chart(days, claimed, said_on, board)
    return charts


def show_ratings(charts: dict[str, Chart]) -> None:
    """Show ratings over time; nothing where there are none."""
    for board, chart in charts.items():
        show_section("Rating over time", f"On {board}.")
        show_chart(chart, f"ratings-{board}")


def find_first_day(sightings: Sequence[Row]) -> str | None:
    """Return the first day that a claim was seen on, as sightings or their documents tell."""
    days = [row["said_on"] or row["published_on"] for row in sightings]
    return min((str(day)[:10] for day in days if day), default=None)


def show_battles(battles: Sequence[Row]) -> None:
    """Show battles with both answers to read; nothing where there are none."""
    if not battles:
        return
    show_section("Battles", count_things(len(battles), "battle"))
    show(tag("p", _count(battles)))
    heads = ("Prompt", "Challenger", "Opponent", "Challenger's result", "Judge")
    shown = battles[:_MOST_SHOWN]
    with st.expander(f"{count_things(len(shown), 'battle')}, with both answers"):
        show(make_table(heads, (_make_cells(row) for row in shown), css="ac-trials"))
        if len(shown) < len(battles):
            show(tag("p", f"The published file has all {len(battles):,} battles."))


def _count(battles: Sequence[Row]) -> str:
    counts = {word: sum(row["score"] == score for row in battles)
              for score, word in _OUTCOMES.items()}  # fmt: skip
    told = join_words(f"{word} {count:,}" for word, count in counts.items())
    without = len(battles) - sum(counts.values())
    judges = ", ".join(sorted({row["judge"] for row in battles}))
    left = f"; {without:,} had no verdict" if without else ""
    return f"The challenger {told}{left}. Judged by {judges}."


def _make_cells(row: Row) -> list[Content]:
    outcome = _OUTCOMES.get(row["score"], "no verdict")
    return [
        join((tag("bdi", row["prompt"]), tag("small", row["kind"]))),
        join((tag("bdi", row["answer"]), tag("small", row["challenger"]))),
        join((tag("bdi", row["opponent_answer"]), tag("small", row["opponent"]))),
        join((tag("span", outcome), tag("small", write_time(row["judged_at"])))),
        tag("small", f"{row['judge']}: {' | '.join(row['verdicts'])}"),
    ]
