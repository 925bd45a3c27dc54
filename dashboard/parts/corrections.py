"""Notes on what was corrected, on the page that they concern."""

from dashboard.parts.layout import show, show_head
from dashboard.reads.published import Row
from dashboard.wording.markup import link_page, tag
from dashboard.wording.words import name_type
from kb.domain.in_force.corrections import group_notes, tell_day, tell_note


def show_notes(corrections: list[Row]) -> None:
    """Show each note in a line; nothing where there is none."""
    if corrections:
        notes = (tag("li", tell_note(note)) for note in group_notes(corrections))
        show(tag("ul", *notes, css="ac-corrections", aria_label="Corrections"))


def show_withdrawn(correction: Row) -> None:
    """Lay out the page of a claim that we took back."""
    kicker = f"{correction['vendor']} · {name_type(correction['field'])}"
    show_head(kicker, f"{tell_day([correction])}: {correction['model']}, {correction['was']}")
    show(tag("p", tell_note([correction])))
    model = link_page("models", correction["model"], id=correction["model_id"])
    show(tag("p", model, " · ", link_page("corrections", "All corrections")))
