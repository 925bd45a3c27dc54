"""What machines read and nobody reviewed: shown on request, marked, never among the claims."""

from collections.abc import Iterable

from dashboard.parts.layout import show, show_empty, show_section
from dashboard.reads.published import Edition, Row
from dashboard.reads.unreviewed import count_unreviewed, read_unreviewed
from dashboard.wording.markup import Content, Html, link_out, link_page, make_table, tag
from dashboard.wording.words import name_metric, name_type
from kb.text.counting import count_things

MARK = "Read by a machine, not reviewed"
_MOST = 200
_HEADS = ("What was read", "Model, as read", "Words", "Source", "State")
_NOTE = (
    "Nobody has checked that these documents say this. None of it is counted, judged or searched "
    "with the claims."
)


def show_unreviewed(edition: Edition, text: str) -> None:
    """Show what waits for review and holds every word of a text."""
    found = count_unreviewed(edition, text)
    show_section(MARK, f"{_NOTE} {count_things(found, 'reading')}.")
    if not found:
        show_empty("Nothing that machines read waits for review here.")
        return
    show(make_readings_table(read_unreviewed(edition, text, _MOST)))
    if found > _MOST:
        show(tag("p", f"The first {_MOST} are shown; search for more.", css="ac-note"))
    show(tag("p", link_page("review", "Review them (for editors)"), css="ac-note"))


def make_readings_table(readings: Iterable[Row]) -> Html:
    """Return a table of readings, each marked as what it is."""
    return make_table(_HEADS, (_make_cells(row) for row in readings), css="ac-claims")


def _make_cells(row: Row) -> list[Content]:
    return [
        tag("span", row["claimed_text"], tag("small", name_kind(row))),
        tag("span", row["model"], tag("small", row["vendor"])),
        tag("bdi", row["quote"] or ""),
        link_out(row["source_url"], row["publisher"]),
        MARK,
    ]


def name_kind(row: Row) -> str:
    """Return what a reading is of, for readers."""
    if row["form"] == "result":
        return name_metric(row["kind"])
    about = f" · {name_metric(row['metric'])}" if row["metric"] else ""
    return f"{name_type(row['kind'])}{about}"
