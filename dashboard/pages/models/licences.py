"""Licences: models against what their licences allow, demand and forbid."""

from dashboard.page import Group, Page
from dashboard.parts.layout import get_edition, show, show_empty, show_head
from dashboard.parts.licence_matrix import make_licences, make_matrix
from dashboard.reads.models import read_licence_terms

_STANDFIRST = (
    "Each answer was read in the licence's own text and opens the clause it rests on. "
    "'No such clause' means that none was found by the rules; it is no legal advice."
)


def show_page() -> None:
    """Lay out the matrix."""
    edition = get_edition()
    licences = make_licences(read_licence_terms(edition))
    show_head("Licences", "Who may do what with it", _STANDFIRST)
    if licences:
        show(make_matrix(licences))
    else:
        show_empty("No licence was read yet. `kb crawl` reads those that lie with the models.")


PAGE = Page("Licences", "licences", show_page, Group.MODELS, order=40)
