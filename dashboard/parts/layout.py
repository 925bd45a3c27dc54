"""What all pages share: the published edition, headings, charts with their captions."""

from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st

from dashboard.charts.frame import Chart
from dashboard.reads.published import Edition, find_edition, read_about
from dashboard.wording.markup import Content, Html, join, tag
from dashboard.wording.outcome_marks import find_mark
from dashboard.wording.words import write_day
from kb.settings import load_settings
from kb.text.plain_text import show_hidden

_CHART_SETTINGS = {"displayModeBar": False, "scrollZoom": False, "responsive": True}


def get_edition() -> Edition:
    """Return the published edition; raises UserError when there is none."""
    return find_edition(find_link())


def find_link() -> Path:
    """Return where the link to the published edition is."""
    return load_settings().home / "published.duckdb"


def show(*pieces: Html) -> None:
    """Put pieces on the page; only HTML that was built safely goes in."""
    st.html(join(pieces))


def show_head(kicker: str, title: str, standfirst: Content = None) -> None:
    """Put the top of a page: a small line, the headline, and a sentence under it."""
    st.set_page_config(page_title=f"{show_hidden(title)} · As Claimed")
    below = tag("p", standfirst, css="ac-standfirst") if standfirst else Html("")
    show(tag("header", tag("p", kicker, css="ac-kicker"), tag("h1", title), below, css="ac-head"))


def show_section(title: str, note: Content = None) -> None:
    """Put the heading of a part of a page."""
    below = tag("p", note, css="ac-note") if note else Html("")
    show(tag("section", tag("h2", title), below, css="ac-section"))


def show_chart(chart: Chart, key: str) -> None:
    """Put a chart under its finding, and what it shows in words under it."""
    show(tag("h3", chart.finding, css="ac-finding"))
    st.plotly_chart(
        chart.figure, width="stretch", config=_CHART_SETTINGS, key=key, alt=chart.caption
    )
    dated = f"Data as of {write_day(read_about(get_edition()).get('data_date'))}."
    show(tag("p", f"{chart.caption} {dated}", css="ac-caption"))


def show_empty(words: str) -> None:
    """Say that there is nothing to show, and what to do; words in backticks are commands."""
    pieces = [tag("code", piece) if n % 2 else piece for n, piece in enumerate(words.split("`"))]
    show(tag("p", *pieces, css="ac-empty", role="note"))


def make_badge(outcome: str | None, *, large: bool = False) -> Html:
    """Return an outcome as a word with its symbol and colour."""
    mark = find_mark(outcome)
    symbol = tag("span", mark.symbol, css="ac-symbol", aria_hidden="true")
    css = f"ac-badge ac-{mark.outcome.value}{' ac-large' if large else ''}"
    return tag("span", symbol, tag("span", mark.word), css=css)


def make_permalink(path: str) -> str:
    """Return the whole address of a page, for citing: KB_PUBLIC_URL, else this host."""
    if public := load_settings().public_url:
        return f"{public.rstrip('/')}/{path}"
    parts = urlsplit(st.context.url or "http://127.0.0.1:8501/")
    return f"{parts.scheme}://{parts.netloc}{parts.path.rpartition('/')[0]}/{path}"


def get_asked(name: str) -> str:
    """Return a query parameter as plain text, or nothing."""
    return show_hidden(st.query_params.get(name, "")).strip()
