"""All claims: search and filters that live in the address, a table, and the CSV of it."""

from typing import Any

import streamlit as st

from dashboard import published
from dashboard.claim_list import LABELS, Filters, filter_claims, make_claims_table, write_claims_csv
from dashboard.layout import get_edition, show, show_empty, show_foot, show_head
from dashboard.markup import tag
from dashboard.meaning import LONGEST_QUESTION, MakeEncoder, rank_by_meaning
from dashboard.outcome_marks import MARKS
from dashboard.words import count_things
from kb.domain.errors import UserError

Row = dict[str, Any]
_PAGE = 100
_WORDS, _MEANING = "Words", "Meaning"
_NEAREST = 20
_ORDERED = "The claims nearest in meaning, nearest first. The last may have little to do with it."
_NO_MATCH = "No claim matches. Clear a filter, or search for fewer words."
_NO_CLAIMS = "No claim is on record yet. Load some: `kb load`, `kb judge`, `kb publish`."
_ASKED = {"vendor": "Vendor", "outcome": "Verdict", "type": "Type of claim", "model": "Model"}


def show_page(make_encoder: MakeEncoder) -> None:
    """Lay out the list of claims."""
    edition = get_edition()
    claims = published.read_claims(edition)
    show_head("Claims", "Every claim on record", "Filter, share the address, or take the CSV.")
    text, by_meaning = _ask_words()
    filters = _ask_filters(claims, "" if by_meaning else text)
    found = filter_claims(claims, filters)
    if by_meaning and text.strip():
        found = _order_by_meaning(edition, text, found, make_encoder)
    _show_count(found, len(claims))
    if found:
        show(make_claims_table(_turn_page(found)))
    else:
        show_empty(_NO_MATCH if claims else _NO_CLAIMS)
    show_foot(edition)


def _ask_words() -> tuple[str, bool]:
    """Return what to search for, and whether by meaning."""
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        text = st.text_input(
            "Search", key="q", bind="query-params", max_chars=LONGEST_QUESTION,
            placeholder="Words in the claim, a model, a speaker; or a question",
        )  # fmt: skip
    with right:
        by = st.radio("By", (_WORDS, _MEANING), key="by", bind="query-params", horizontal=True)
    return text or "", by == _MEANING


def _order_by_meaning(
    edition: published.Edition, question: str, claims: list[Row], make_encoder: MakeEncoder
) -> list[Row]:
    """Return the claims nearest to the question, nearest first; all if it cannot be done."""
    try:
        order = rank_by_meaning(edition, question, make_encoder)
    except UserError as error:
        show_empty(f"There is no search by meaning: {error}.")
        return claims
    show(tag("p", _ORDERED, css="ac-note"))
    near = [row for row in claims if row["claim_id"] in order]
    return sorted(near, key=lambda row: order[row["claim_id"]])[:_NEAREST]


def _ask_filters(claims: list[Row], text: str) -> Filters:
    chosen = {}
    for column, (name, label) in zip(st.columns(len(_ASKED)), _ASKED.items(), strict=True):
        with column:
            chosen[name] = st.multiselect(
                label, _list_options(name, claims), key=name, bind="query-params",
                placeholder="All", select_all=False,
            )  # fmt: skip
    return Filters(text, **chosen)


def _list_options(name: str, claims: list[Row]) -> list[str]:
    present = {LABELS[name](row) for row in claims}
    if name == "outcome":
        return [mark.word for mark in MARKS if mark.word in present]
    return sorted(present, key=str.lower)


def _show_count(found: list[Row], total: int) -> None:
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


def _turn_page(found: list[Row]) -> list[Row]:
    pages = -(-len(found) // _PAGE)
    if pages < 2:
        return found
    page = st.pagination(pages, key="page", bind="query-params")
    return found[(page - 1) * _PAGE : page * _PAGE]
