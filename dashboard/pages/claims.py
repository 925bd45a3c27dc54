"""All claims: search and filters that live in the address, a table, and the CSV of it."""

from typing import Any

import streamlit as st

from dashboard import published
from dashboard.claim_list import LABELS, Filters, filter_claims, make_claims_table, write_claims_csv
from dashboard.layout import get_edition, show, show_empty, show_foot, show_head
from dashboard.outcome_marks import MARKS
from dashboard.words import count_things

_PAGE = 100
_NO_MATCH = "No claim matches. Clear a filter, or search for fewer words."
_NO_CLAIMS = "No claim is on record yet. Load some: `kb load`, `kb judge`, `kb publish`."
_ASKED = {"vendor": "Vendor", "outcome": "Verdict", "type": "Type of claim", "model": "Model"}


def show_page() -> None:
    """Lay out the list of claims."""
    edition = get_edition()
    claims = published.read_claims(edition)
    show_head("Claims", "Every claim on record", "Filter, share the address, or take the CSV.")
    found = filter_claims(claims, _ask_filters(claims))
    _show_count(found, len(claims))
    if found:
        show(make_claims_table(_turn_page(found)))
    else:
        show_empty(_NO_MATCH if claims else _NO_CLAIMS)
    show_foot(edition)


def _ask_filters(claims: list[dict[str, Any]]) -> Filters:
    text = st.text_input(
        "Search", key="q", bind="query-params", placeholder="Words in the claim, a model, a speaker"
    )
    chosen = {}
    for column, (name, label) in zip(st.columns(len(_ASKED)), _ASKED.items(), strict=True):
        with column:
            chosen[name] = st.multiselect(
                label, _list_options(name, claims), key=name, bind="query-params",
                placeholder="All", select_all=False,
            )  # fmt: skip
    return Filters(text or "", **chosen)


def _list_options(name: str, claims: list[dict[str, Any]]) -> list[str]:
    present = {LABELS[name](row) for row in claims}
    if name == "outcome":
        return [mark.word for mark in MARKS if mark.word in present]
    return sorted(present, key=str.lower)


def _show_count(found: list[dict[str, Any]], total: int) -> None:
    left, right = st.columns([3, 1], vertical_alignment="center")
    with left:
        st.text(f"{count_things(len(found), 'claim')} of {total:,}")
    with right:
        st.download_button(
            "Download CSV",
            write_claims_csv(found),
            file_name="as-claimed-claims.csv",
            mime="text/csv",
            on_click="ignore",
            width="stretch",
        )


def _turn_page(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    pages = -(-len(found) // _PAGE)
    if pages < 2:
        return found
    page = st.pagination(pages, key="page", bind="query-params")
    return found[(page - 1) * _PAGE : page * _PAGE]
