"""All claims: search and filters that live in the address, a table, and the CSV of it."""

from collections.abc import Callable

import streamlit as st

from dashboard.page import Group, Page
from dashboard.parts.claim_list import make_claims_table, write_claims_csv
from dashboard.parts.layout import get_edition, show, show_empty, show_head
from dashboard.parts.unreviewed import show_unreviewed
from dashboard.reads.claim_search import (
    Filters,
    count_claims,
    list_options,
    read_matching,
    read_nearest,
)
from dashboard.reads.meaning import LONGEST_QUESTION, encode_question, get_encoder_maker
from dashboard.reads.published import Edition, Row
from dashboard.wording.markup import tag
from kb.domain.errors import UserError
from kb.text.counting import count_things

_PAGE = 100
_WORDS, _MEANING = "Words", "Meaning"
_NEAREST = 20
_ORDERED = "Closest in meaning first. The last ones may have little to do with your question."
_NO_MATCH = "No claim matches. Clear a filter, or search for fewer words."
_NO_CLAIMS = "There are no claims yet. Run `kb load`, `kb judge` and `kb publish`."
_UNREVIEWED = "Also show what machines read and nobody has reviewed"
_ASKED = {"vendor": "Vendor", "outcome": "Verdict", "type": "Type of claim", "model": "Model"}


def show_page() -> None:
    """Lay out the list of claims."""
    edition = get_edition()
    show_head(
        "Claims",
        "Every claim on record",
        "Search, filter, share the link, or download the list as CSV.",
    )
    text, by_meaning = _ask_words()
    filters = _ask_filters(edition, "" if by_meaning else text)
    nearest = None
    if by_meaning and text.strip():
        nearest = _find_nearest(edition, filters, text)
    if nearest is None:
        _show_matching(edition, filters)
    else:
        _show_nearest(edition, nearest)
    if st.toggle(_UNREVIEWED, key="unreviewed", bind="query-params"):
        show_unreviewed(edition, text)


def _show_matching(edition: Edition, filters: Filters) -> None:
    found, total = count_claims(edition, filters), count_claims(edition, Filters())
    _show_count(found, total, lambda: read_matching(edition, filters))
    if found:
        first = _turn_page(found)
        show(make_claims_table(read_matching(edition, filters, _PAGE, first)))
    else:
        show_empty(_NO_MATCH if total else _NO_CLAIMS)


def _show_nearest(edition: Edition, nearest: list[Row]) -> None:
    _show_count(len(nearest), count_claims(edition, Filters()), lambda: nearest)
    show(make_claims_table(nearest)) if nearest else show_empty(_NO_MATCH)


def _ask_words() -> tuple[str, bool]:
    """Return what to search for, and whether by meaning."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        text = st.text_input(
            "Search", key="q", bind="query-params", max_chars=LONGEST_QUESTION,
            placeholder="A word, a model, a speaker, or a question",
        )  # fmt: skip
    with right:
        by = st.radio(
            "Search by", (_WORDS, _MEANING), key="by", bind="query-params", horizontal=True
        )
    return text or "", by == _MEANING


def _find_nearest(edition: Edition, filters: Filters, question: str) -> list[Row] | None:
    """Return the claims nearest to the question, nearest first; None if it cannot be done."""
    try:
        vector = encode_question(edition, question, get_encoder_maker())
    except UserError as error:
        show_empty(f"Search by meaning is not available: {error}.")
        return None
    show(tag("p", _ORDERED, css="ac-note"))
    return read_nearest(edition, filters, vector, _NEAREST)


def _ask_filters(edition: Edition, text: str) -> Filters:
    chosen = {}
    for column, (name, label) in zip(st.columns(len(_ASKED)), _ASKED.items(), strict=True):
        with column:
            chosen[name] = st.multiselect(
                label, list_options(edition, name), key=name, bind="query-params",
                placeholder="All", select_all=False,
            )  # fmt: skip
    return Filters(text, **chosen)


def _show_count(found: int, total: int, read_all: Callable[[], list[Row]]) -> None:
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        st.text(f"{found:,} of {count_things(total, 'claim')}")
    with right:
        st.download_button(
            "Download CSV",
            lambda: write_claims_csv(read_all()),  # made when it is wanted
            file_name="as-claimed-claims.csv",
            mime="text/csv",
            on_click="ignore",
            width="stretch",
        )


def _turn_page(found: int) -> int:
    """Return how many claims stand on the pages before the one that is shown."""
    pages = -(-found // _PAGE)
    if pages < 2:
        return 0
    return (st.pagination(pages, key="page", bind="query-params") - 1) * _PAGE


PAGE = Page("Claims", "claims", show_page, Group.CLAIMS, order=10)
