"""Corrections: what we had wrong, since when it is right, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.page import Group, Page
from dashboard.parts.layout import get_edition, show, show_empty, show_head
from dashboard.reads.corrections import read_corrections
from dashboard.wording.markup import Content, link_page, make_table, tag
from dashboard.wording.words import write_day
from kb.domain.in_force.corrections import group_notes, tell_change
from kb.text.counting import count_things

_KINDS = {"sighting": "Where it was said"}


def show_page() -> None:
    """Lay out all corrections, the latest first."""
    notes = group_notes(read_corrections(get_edition()))
    standfirst = (
        "What stood on these pages and was wrong. The address of a corrected claim leads to what "
        "stands there now."
    )
    show_head("Corrections", count_things(len(notes), "correction"), standfirst)
    if notes:
        heads = ("Date", "About", "Kind", "What was wrong", "Why")
        show(make_table(heads, (_make_cells(note) for note in notes), css="ac-sources"))
    else:
        show_empty("There are no corrections. How to report a mistake: see `CONTRIBUTING.md`.")
    show(tag("p", link_page("propose", "Report a mistake", kind="mistake")))


def _make_cells(note: Sequence[Mapping[str, Any]]) -> list[Content]:
    first = note[0]
    is_on_model = first["about_id"] == first["model_id"]
    link = link_page("models" if is_on_model else "claim", first["model"], id=first["about_id"])
    return [
        tag("span", write_day(str(first["corrected_on"])), css="ac-day"),
        tag("span", link, tag("small", first["vendor"])),
        _KINDS.get(first["kind"], first["kind"].capitalize()),
        tag("bdi", tell_change(note)),
        tag("bdi", first["why"]),
    ]


PAGE = Page("Corrections", "corrections", show_page, Group.EVIDENCE, order=40)
