"""The frame of the dashboard: masthead, pages, and one plain message when there is no data."""

from pathlib import Path

import streamlit as st

from dashboard.pages import (
    claim,
    claims,
    compare,
    front,
    licences,
    memory,
    method,
    models,
    promises,
    propose,
    query,
    snapshot,
    sources,
    vendors,
)
from dashboard.parts.layout import find_link, show_empty
from dashboard.reads import published
from dashboard.reads.meaning import MakeEncoder
from kb.domain.errors import UserError

_STYLE = Path(__file__).with_name("style.css")


def main(make_encoder: MakeEncoder) -> None:
    """Lay out the page that was asked for; `make_encoder` is for the first search by meaning."""

    def show_claims() -> None:
        claims.show_page(make_encoder)

    st.set_page_config(page_title="As Claimed", layout="wide")
    page = st.navigation(
        [
            st.Page(front.show_page, title="As Claimed", url_path="", default=True),
            st.Page(show_claims, title="Claims", url_path="claims"),
            st.Page(vendors.show_page, title="Vendors", url_path="vendors"),
            st.Page(models.show_page, title="Models", url_path="models"),
            st.Page(compare.show_page, title="Compare", url_path="compare"),
            st.Page(promises.show_page, title="Promises", url_path="promises"),
            st.Page(licences.show_page, title="Licences", url_path="licences"),
            st.Page(memory.show_page, title="Memory", url_path="memory"),
            st.Page(sources.show_page, title="Sources", url_path="sources"),
            st.Page(method.show_page, title="Method", url_path="method"),
            st.Page(query.show_page, title="Query", url_path="query"),
            st.Page(propose.show_page, title="Propose", url_path="propose"),
            st.Page(claim.show_page, title="Claim", url_path="claim", visibility="hidden"),
            st.Page(snapshot.show_page, title="Snapshot", url_path="snapshot", visibility="hidden"),
        ],
        position="top",
    )
    st.html(_STYLE)
    try:
        with published.keep_open(find_link()):
            page.run()
    except UserError as error:
        show_empty(f"{str(error)[:1].upper()}{str(error)[1:]}.")
