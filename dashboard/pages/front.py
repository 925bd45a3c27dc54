"""The front page: the story in ten seconds, the gap at a glance, and the way in."""

from collections import Counter
from typing import Any

import streamlit as st

from dashboard import published
from dashboard.charts.gap import make_gap_chart
from dashboard.charts.vendors import make_vendor_chart
from dashboard.events import CHANGES, make_event_list, read_events
from dashboard.figures import name_finders, read_figures, tell_figures
from dashboard.gaps import count_zeros, find_widest, make_gaps
from dashboard.layout import (
    get_edition,
    make_badge,
    show,
    show_chart,
    show_empty,
    show_foot,
    show_head,
    show_section,
)
from dashboard.markup import Html, join, link_page, make_address, tag
from dashboard.outcome_marks import FELL_SHORT, MARKS
from dashboard.words import count_things, name_metric, write_quantity

Row = dict[str, Any]
_WIDEST = 5
_CHANGES = 8


def show_page() -> None:
    """Lay out the front page."""
    edition = get_edition()
    claims = published.read_claims(edition)
    _show_story(claims)
    if not claims:
        show_empty("No claim is on record yet. Load some: `kb load`, `kb judge`, `kb publish`.")
        show_foot(edition)
        return
    _show_figures(edition, claims)
    _show_gaps(edition, claims)
    _show_changes(edition)
    _show_vendors(claims)
    show_foot(edition)


def _show_story(claims: list[Row]) -> None:
    counts = Counter(row["outcome"] for row in claims)
    fell = sum(counts[outcome] for outcome in FELL_SHORT)
    title = (
        f"Of {count_things(len(claims), 'claim')} about AI models, {counts['supported']} held up "
        f"and {fell} did not"
        if claims
        else "What AI vendors say, beside what the released weights do"
    )
    show_head(
        "The record so far", title, _tell_widest(claims, len(claims) - fell - counts["supported"])
    )


def _tell_widest(claims: list[Row], unsettled: int) -> Html:
    lead = "What AI vendors say about their models, set beside what the released weights do. "
    widest = next(iter(find_widest(claims, 1)), None)
    if widest is None:
        return tag("span", lead)
    gap = (
        f"The widest gap is {widest['model']}: {widest['said_by']} said {widest['claimed_text']}; "
        f"found: {write_quantity(widest['found_value'], widest['unit'])} "
        f"({name_metric(widest['found_metric']).lower()}, by {widest['found_by']}). "
    )
    return tag("span", f"{lead}{gap}Another {unsettled} are open, or cannot be tested.")


def _show_figures(edition: published.Edition, claims: list[Row]) -> None:
    counts = Counter(row["outcome"] or "untested" for row in claims)
    sources = published.read_about(edition)["rows"]["source"]
    here = sum(1 for row in claims if row["is_measured_here"])
    figures = (
        (len(claims), "claims on record", "claims"),
        (here, "re-tested here on released weights", "claims"),
        (len({row["model_id"] for row in claims}), "models they are about", "models"),
        (sources, "sources read", "sources"),
    )
    tiles = join(_make_tile(number, words, page) for number, words, page in figures)
    show(tag("div", tiles, css="ac-tiles"), _make_outcome_strip(counts))


def _make_tile(number: int, words: str, page: str) -> Html:
    figure = tag("span", f"{number:,}", css="ac-number")
    return link_page(page, join((figure, tag("span", words))), css="ac-tile")


def _make_outcome_strip(counts: Counter[str]) -> Html:
    cells = [
        tag(
            "a",
            make_badge(mark.outcome.value),
            tag("strong", counts[mark.outcome.value]),
            tag("span", mark.meaning, css="ac-meaning"),
            href=make_address("claims", outcome=mark.word),
            target="_self",
            css="ac-cell",
        )
        for mark in MARKS
        if counts[mark.outcome.value]
    ]
    return tag("nav", *cells, css="ac-strip", aria_label="Claims by outcome")


def _show_gaps(edition: published.Edition, claims: list[Row]) -> None:
    show_section("The gap at a glance")
    gaps = make_gaps(claims)
    if not gaps:
        show_empty("No figure was found for any claim yet. Measure some: `kb verify`, `kb judge`.")
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_chart(make_gap_chart(gaps, count_zeros(claims)), "gap")
    with right:
        show(tag("h3", "The widest gaps", css="ac-finding"))
        figures = read_figures(edition)
        widest = find_widest(claims, _WIDEST)
        stories = (_make_story(row, figures.get(row["claim_id"], [])) for row in widest)
        show(tag("ol", *stories, css="ac-gaps"))


def _make_story(row: Row, figures: list[Row]) -> Html:
    words = f"{row['said_by']} on {row['model']}. {tell_figures(row, figures)}"
    small = f"Found by {name_finders(figures)}." if figures else ""
    return tag(
        "li",
        link_page("claim", words, id=row["claim_id"]),
        make_badge(row["outcome"]),
        tag("p", small),
    )


def _show_changes(edition: published.Edition) -> None:
    show_section("What changed lately", "Verdicts given anew, and claims edited or withdrawn.")
    found = read_events(edition, CHANGES)[:_CHANGES]
    if found:
        show(make_event_list(found))
    else:
        show_empty(
            "Nothing yet: no verdict was given anew, and no source that was fetched twice has "
            "edited or withdrawn a claim."
        )


def _show_vendors(claims: list[Row]) -> None:
    show_section("Vendor by vendor")
    pairs = [(row["vendor"], row["outcome"] or "untested") for row in claims]
    show_chart(make_vendor_chart(pairs), "vendors")
