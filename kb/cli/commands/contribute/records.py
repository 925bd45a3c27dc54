"""`kb records`: what was accepted in review, as record files for a pull request."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, print_json
from kb.cli.contributing.reviewing.record_writing import write_records
from kb.cli.options import JsonFlag
from kb.cli.typers import make_typer
from kb.settings import load_settings
from kb.store.database import open_session
from kb.store.review.readings import ReadingFilter
from kb.text.counting import count_things

app = make_typer(no_args_is_help=True)


@app.callback()
def records() -> None:
    """Turn what was accepted in review into record files."""


@app.command("write")
def write(
    to: Annotated[Path, typer.Option(help="Folder of the records.")] = Path("records"),
    source: Annotated[str | None, typer.Option(help="Only documents with this address.")] = None,
    model: Annotated[str | None, typer.Option(help="Only models with this name.")] = None,
    vendor: Annotated[str | None, typer.Option(help="Only models of this vendor.")] = None,
    as_json: JsonFlag = False,
) -> None:
    """Write the claims that people accepted or mended as record files, one for each model.

    A claim that a record has already gets one more sighting. Nothing that stands in a record is
    changed, and a second run adds nothing. What a rule accepted is not written: a record is a
    person's word. Results, such as a leaderboard's ratings, stay in the base.

    Example: kb records write --vendor Meta && kb validate records
    """
    wanted = ReadingFilter(source=source, model=model, vendor=vendor, state=None)
    with open_session(load_settings().url) as session:
        report = write_records(session, to, wanted)
    if as_json:
        print_json(vars(report))
    for words in report.left_out:
        err.print(as_plain_text(f"left out: {words}", "yellow"), soft_wrap=True)
    for name in report.files:
        err.print(as_plain_text(f"written: {name}"), soft_wrap=True)
    err.print(
        f"{count_things(report.claims, 'new claim')}, "
        f"{count_things(report.sightings, 'new sighting')}; next: kb validate {to}"
    )
