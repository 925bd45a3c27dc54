"""Licences: what the licence of each model allows, demands and forbids."""

from dashboard.page import Group, Page
from dashboard.parts.layout import get_edition, show, show_empty, show_head
from dashboard.parts.licence_matrix import make_licences, make_matrix
from dashboard.reads.models import read_licence_terms

_STANDFIRST = (
    "Each answer comes from the licence's own text; open an answer to read its clause. Where our "
    "rules have not read the text, the answers come from our records. 'No such "
    "clause' means that our rules found none. This is not legal advice."
)


def show_page() -> None:
    """Lay out the matrix."""
    edition = get_edition()
    licences = make_licences(read_licence_terms(edition))
    show_head("Licences", "What each licence allows", _STANDFIRST)
    if licences:
        show(make_matrix(licences))
    else:
        show_empty(
            "No licence has been read yet. Run `kb crawl`; it reads the licences that come with "
            "models."
        )


PAGE = Page("Licences", "licences", show_page, Group.MODELS, order=40)
