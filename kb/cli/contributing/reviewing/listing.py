"""Readings that wait for review, listed and marked as what they are."""

from rich.table import Table

from kb.cli.console import as_plain_text, err, out, print_json
from kb.cli.contributing.reviewing.showing import make_reading_view
from kb.settings import Settings
from kb.store.database import open_session
from kb.store.review.readings import ReadingFilter, read_readings
from kb.text.counting import count_things

MARK = "read by a machine, not reviewed"
_LONGEST = 120


def list_unreviewed(settings: Settings, wanted: ReadingFilter, *, as_json: bool) -> None:
    """Print what machines read and nobody reviewed."""
    with open_session(settings.url) as session:
        found = read_readings(session, wanted)
        views = [{**make_reading_view(reading), "mark": MARK} for reading in found]
    if as_json:
        print_json(views)
        return
    table = Table("key", "model", "kind", "read as", "words", "source", title=MARK, expand=True)
    for view in views:
        cells = (
            view["key"], view["model"], view["kind"], view["claimed"],
            (view["quote"] or "")[:_LONGEST].replace("\n", " "), view["source_url"],
        )  # fmt: skip
        table.add_row(*map(as_plain_text, cells))
    out.print(table)
    err.print(f"{count_things(len(views), 'reading')} {MARK}; next: kb review readings")
