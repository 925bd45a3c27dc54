"""The front page: how many claims held up, the widest gaps, and the way in."""

from collections import Counter

from dashboard.charts.gap import make_gap_chart
from dashboard.charts.vendors import make_vendor_chart
from dashboard.page import Group, Page
from dashboard.parts.audits import tell_audit
from dashboard.parts.events import make_event_list
from dashboard.parts.figures import tell_figures, tell_finders
from dashboard.parts.gaps import make_gaps
from dashboard.parts.layout import (
    get_edition,
    make_badge,
    show,
    show_chart,
    show_empty,
    show_head,
    show_section,
)
from dashboard.reads.audits import read_last_audit
from dashboard.reads.events import CHANGES, CORRECTIONS, read_events
from dashboard.reads.figures import read_figures
from dashboard.reads.meaning import LONGEST_QUESTION
from dashboard.reads.overview import Overview, read_gaps, read_overview, read_widest
from dashboard.reads.published import Edition, Row, read_about
from dashboard.wording.markup import Html, join, link_page, make_address, tag
from dashboard.wording.outcome_marks import FELL_SHORT, MARKS
from kb.text.counting import count_things

_WIDEST = 6
_DRAWN = 12
_CHANGES = 8
_CORRECTIONS = 5
_EXAMPLE = "How long a book can Llama 4 read?"
_LEAD = "This site sets what AI vendors say about their models beside what the released weights do."
_TERMS = (
    "A token is a word or part of one. The context limit is the longest text a model will take "
    "in; the effective context is the longest it still handles well. Elo points rate how often "
    "people prefer a model's answers."
)


def show_page() -> None:
    """Lay out the front page."""
    edition = get_edition()
    overview = read_overview(edition)
    _show_story(overview)
    if not overview.claims:
        show_empty("There are no claims yet. Run `kb load`, `kb judge` and `kb publish`.")
        return
    _show_widest(edition)
    _show_figures(edition, overview)
    _show_gaps(edition, overview)
    _show_changes(edition)
    _show_vendors(overview)
    _show_audit(edition)


def _show_story(overview: Overview) -> None:
    counts, total = overview.outcomes, overview.claims
    fell = sum(counts[outcome] for outcome in FELL_SHORT)
    title = (
        f"Of {count_things(total, 'claim')} about AI models, {counts['supported']:,} held up "
        f"and {fell:,} did not"
        if total
        else "What AI vendors say, and what the released weights do"
    )
    unsettled = total - fell - counts["supported"]
    verb = "is" if unsettled == 1 else "are"
    rest = f"Another {unsettled:,} {verb} unresolved or cannot be tested. " if unsettled else ""
    show_head("The record so far", title, f"{rest}{_LEAD}")
    if total:
        show(_make_search())


def _make_search() -> Html:
    """A plain form: its answer is the list of claims, at an address of its own."""
    label = tag("label", "Search the claims", for_="ac-question")
    question = tag(
        "input", id="ac-question", name_="q", type="search", placeholder=_EXAMPLE, required="",
        maxlength=str(LONGEST_QUESTION),
    )  # fmt: skip
    by = tag("input", name_="by", type="hidden", value="Meaning")
    go = tag("button", "Search", type="submit")
    row = tag("div", question, by, go)
    return tag("form", label, row, action=make_address("claims"), method="get", css="ac-search")


def _show_widest(edition: Edition) -> None:
    widest = read_widest(edition, _WIDEST)
    if not widest:
        return
    figures = read_figures(edition, [row["claim_id"] for row in widest])
    show_section("The widest gaps", _TERMS)
    stories = (_make_story(row, figures.get(row["claim_id"], [])) for row in widest)
    show(tag("ol", *stories, css="ac-gaps"))


def _show_figures(edition: Edition, overview: Overview) -> None:
    sources = read_about(edition)["rows"]["source"]
    figures = (
        (overview.claims, "claims on record", "claims"),
        (overview.measured_here, "tested here on the released weights", "claims"),
        (overview.models, "names of models with a claim", "models"),
        (sources, "sources on record", "sources"),
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


def _show_gaps(edition: Edition, overview: Overview) -> None:
    show_section("Claimed against found")
    if not overview.gaps:
        show_empty(
            "No claim has a measured figure yet. Run `kb verify`, `kb judge` and `kb publish`."
        )
        return
    gaps = make_gaps(read_gaps(edition, _DRAWN))
    show_chart(make_gap_chart(gaps, overview.zeros, total=overview.gaps), "gap")


def _make_story(row: Row, figures: list[Row]) -> Html:
    return tag(
        "li",
        tag("p", f"{row['said_by']} on {row['model']}", css="ac-note"),
        link_page("claim", tell_figures(row, figures), id=row["claim_id"]),
        make_badge(row["outcome"]),
        tag("p", tell_finders(figures)),
    )


def _show_changes(edition: Edition) -> None:
    show_section(
        "Recent changes",
        "Revised verdicts, our corrections, and claims that were edited or withdrawn.",
    )
    # Corrections of one day must not crowd out what sources and verdicts did.
    changes = read_events(edition, CHANGES, most=_CHANGES)
    corrections = read_events(edition, CORRECTIONS, most=_CORRECTIONS)
    if found := [*changes, *corrections]:
        show(make_event_list(sorted(found, key=lambda row: row["day"], reverse=True)))
        show(tag("p", link_page("corrections", "All corrections")))
    else:
        show_empty(
            "Nothing yet: no verdict has been revised, nothing was corrected, and no source has "
            "edited or withdrawn a claim."
        )


def _show_vendors(overview: Overview) -> None:
    show_section("Who claimed it")
    show_chart(make_vendor_chart(overview.cells), "vendors")


def _show_audit(edition: Edition) -> None:
    """Readers see our own error rate beside the vendors'."""
    audit = read_last_audit(edition)
    if audit is not None:
        show_section("How often we are wrong")
        more = link_page("method", "How the audit is done, and what it found")
        show(tag("p", tell_audit(audit), css="ac-prose"), tag("p", more))


PAGE = Page("As Claimed", "", show_page, Group.FRONT, order=0)
