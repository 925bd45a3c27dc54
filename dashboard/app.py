"""The frame of every page: masthead, navigation, foot, and one plain message without data."""

from pathlib import Path

import streamlit as st

from dashboard.page import Page
from dashboard.parts.foot import show_foot
from dashboard.parts.layout import find_link, get_edition, show_empty
from dashboard.reads.published import keep_open
from dashboard.registry import find_pages
from kb.domain.errors import UserError

_STYLE = Path(__file__).with_name("style.css")


def main() -> None:
    """Lay out the page that was asked for."""
    st.set_page_config(page_title="As Claimed", layout="wide")
    asked = st.navigation([_make_entry(page) for page in find_pages()], position="top")
    st.html(_STYLE)
    try:
        with keep_open(find_link()):
            asked.run()
            show_foot(get_edition())
    except UserError as error:
        show_empty(f"{str(error)[:1].upper()}{str(error)[1:]}.")


def _make_entry(page: Page) -> st.Page:
    return st.Page(
        page.show,
        title=page.title,
        url_path=page.address,
        default=not page.address,
        visibility="visible" if page.group else "hidden",
    )
