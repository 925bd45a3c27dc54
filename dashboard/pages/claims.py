"""All claims: search and filters that live in the address, a table, and the CSV of it."""

import streamlit as st

from dashboard.claim_list import make_claims_table, write_claims_csv
from dashboard.claim_search import Filters, count_claims, list_options, read_matching
from dashboard.layout import get_edition, show, show_empty, show_foot, show_head
from dashboard.published import Edition
from dashboard.words import count_things

_PAGE = 100
_NO_MATCH = "No claim matches. Clear a filter, or search for fewer words."
_NO_CLAIMS = "No claim is on record yet. Load some: `kb load`, `kb judge`, `kb publish`."
_ASKED = {"vendor": "Vendor", "outcome": "Verdict", "type": "Type of claim", "model": "Model"}


def show_page() -> None:
    """Lay out the list of claims."""
    edition = get_edition()
    show_head("Claims", "Every claim on record", "Filter, share the address, or take the CSV.")
    filters = _ask_filters(edition)
    found, total = count_claims(edition, filters), count_claims(edition, Filters())
    _show_count(edition, filters, found, total)
    if found:
        first = _turn_page(found)
        show(make_claims_table(read_matching(edition, filters, _PAGE, first)))
    else:
        show_empty(_NO_MATCH if total else _NO_CLAIMS)
    show_foot(edition)


def _ask_filters(edition: Edition) -> Filters:
    text = st.text_input(
        "Search", key="q", bind="query-params", placeholder="Words in the claim, a model, a speaker"
    )
    chosen = {}
    for column, (name, label) in zip(st.columns(len(_ASKED)), _ASKED.items(), strict=True):
        with column:
            chosen[name] = st.multiselect(
                label, list_options(edition, name), key=name, bind="query-params",
                placeholder="All", select_all=False,
            )  # fmt: skip
    return Filters(text or "", **chosen)


def _show_count(edition: Edition, filters: Filters, found: int, total: int) -> None:
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        st.text(f"{count_things(found, 'claim')} of {total:,}")
    with right:
        st.download_button(
            "Download CSV",
            lambda: write_claims_csv(read_matching(edition, filters)),  # made when it is wanted
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
