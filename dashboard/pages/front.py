"""The front page: the story in ten seconds, the gap at a glance, and the way in."""

from collections import Counter

import streamlit as st

from dashboard import published
from dashboard.charts.gap import make_gap_chart
from dashboard.charts.vendors import make_vendor_chart
from dashboard.gaps import make_gaps
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
from dashboard.overview import Overview, read_gaps, read_overview, read_widest
from dashboard.published import Row
from dashboard.words import count_things, name_metric, word_claim, write_quantity

_WIDEST = 5
_DRAWN = 12


def show_page() -> None:
    """Lay out the front page."""
    edition = get_edition()
    overview = read_overview(edition)
    widest = read_widest(edition, _WIDEST)
    _show_story(overview, widest)
    if not overview.claims:
        show_empty("No claim is on record yet. Load some: `kb load`, `kb judge`, `kb publish`.")
        show_foot(edition)
        return
    _show_figures(edition, overview)
    _show_gaps(edition, overview, widest)
    _show_vendors(overview)
    show_foot(edition)


def _show_story(overview: Overview, widest: list[Row]) -> None:
    counts, total = overview.outcomes, overview.claims
    fell = sum(counts[outcome] for outcome in FELL_SHORT)
    title = (
        f"Of {count_things(total, 'claim')} about AI models, {counts['supported']:,} held up "
        f"and {fell:,} did not"
        if total
        else "What AI vendors say, beside what the released weights do"
    )
    unsettled = total - fell - counts["supported"]
    show_head("The record so far", title, _tell_widest(next(iter(widest), None), unsettled))


def _tell_widest(widest: Row | None, unsettled: int) -> Html:
    lead = "What AI vendors say about their models, set beside what the released weights do. "
    if widest is None:
        return tag("span", lead)
    gap = (
        f"The widest gap is {widest['model']}: {widest['said_by']} said {widest['claimed_text']}; "
        f"found: {write_quantity(widest['found_value'], widest['unit'])} "
        f"({name_metric(widest['found_metric']).lower()}, by {widest['found_by']}). "
    )
    return tag("span", f"{lead}{gap}Another {unsettled:,} are open, or cannot be tested.")


def _show_figures(edition: published.Edition, overview: Overview) -> None:
    sources = published.read_about(edition)["rows"]["source"]
    figures = (
        (overview.claims, "claims on record", "claims"),
        (overview.measured_here, "re-tested here on released weights", "claims"),
        (overview.models, "models they are about", "models"),
        (sources, "sources read", "sources"),
    )
    tiles = join(_make_tile(number, words, page) for number, words, page in figures)
    show(tag("div", tiles, css="ac-tiles"), _make_outcome_strip(overview.outcomes))


def _make_tile(number: int, words: str, page: str) -> Html:
    figure = tag("span", f"{number:,}", css="ac-number")
    return link_page(page, join((figure, tag("span", words))), css="ac-tile")


def _make_outcome_strip(counts: Counter[str]) -> Html:
    cells = [
        tag(
            "a",
            make_badge(mark.outcome.value),
            tag("strong", f"{counts[mark.outcome.value]:,}"),
            tag("span", mark.meaning, css="ac-meaning"),
            href=make_address("claims", outcome=mark.word),
            target="_self",
            css="ac-cell",
        )
        for mark in MARKS
        if counts[mark.outcome.value]
    ]
    return tag("nav", *cells, css="ac-strip", aria_label="Claims by outcome")


def _show_gaps(edition: published.Edition, overview: Overview, widest: list[Row]) -> None:
    show_section("The gap at a glance")
    if not overview.gaps:
        show_empty("No figure was found for any claim yet. Measure some: `kb verify`, `kb judge`.")
        return
    gaps = make_gaps(read_gaps(edition, _DRAWN))
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_chart(make_gap_chart(gaps, overview.zeros, total=overview.gaps), "gap")
    with right:
        show(tag("h3", "The widest gaps", css="ac-finding"))
        show(tag("ol", *map(_make_story, widest), css="ac-gaps"))


def _make_story(row: Row) -> Html:
    return tag(
        "li",
        link_page("claim", f"{row['model']}: {word_claim(row)}", id=row["claim_id"]),
        make_badge(row["outcome"]),
        tag("p", row["explanation"]),
    )


def _show_vendors(overview: Overview) -> None:
    show_section("Vendor by vendor")
    show_chart(make_vendor_chart(overview.cells), "vendors")
