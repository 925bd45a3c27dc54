"""Licences: models against what their licences allow, demand and forbid."""

from dashboard.parts.layout import get_edition, show, show_empty, show_foot, show_head
from dashboard.parts.licence_matrix import make_licences, make_matrix
from dashboard.reads import published

_STANDFIRST = (
    "Each answer was read in the licence's own text and opens the clause it rests on. "
    "'No such clause' means that none was found by the rules; it is no legal advice."
)


def show_page() -> None:
    """Lay out the matrix."""
    edition = get_edition()
    licences = make_licences(published.read_licence_terms(edition))
    show_head("Licences", "Who may do what with it", _STANDFIRST)
    if licences:
        show(make_matrix(licences))
    else:
        show_empty("No licence was read yet. `kb crawl` reads those that lie with the models.")
    show_foot(edition)
