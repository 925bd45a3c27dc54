"""`kb add`: a claim from its source to a record file that is ready for a pull request."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.add_write import read_folder
from kb.cli.adding import Adding
from kb.cli.base import JsonFlag
from kb.cli.console import as_plain_text, err, print_json
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError
from kb.linking.alike import Alike
from kb.records.additions import Addition
from kb.records.files import Problem
from kb.settings import load_settings

Text = str | None


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("add")(add)


def add(
    url: Annotated[Text, typer.Option(help="Address of the source.")] = None,
    file: Annotated[
        Path | None, typer.Option(help="The source as a file, read instead of fetching --url.")
    ] = None,
    publisher: Annotated[Text, typer.Option(help="Who publishes the source.")] = None,
    kind: Annotated[SourceKind | None, typer.Option(help="What sort of source it is.")] = None,
    title: Annotated[Text, typer.Option(help="Its title.")] = None,
    published_on: Annotated[Text, typer.Option(help="Its own date.")] = None,
    read_on: Annotated[
        Text, typer.Option(help="The day you read it, if it is not fetched.")
    ] = None,
    model: Annotated[Text, typer.Option(help="The model, as its vendor writes it.")] = None,
    vendor: Annotated[Text, typer.Option(help="Who makes it.")] = None,
    availability: Annotated[
        Text, typer.Option(help="For a new model: what the source says of its weights.")
    ] = None,
    claim_type: Annotated[Text, typer.Option("--type", help="Type of the claim.")] = None,
    metric: Annotated[Text, typer.Option(help="Name of the test, for scores.")] = None,
    claimed: Annotated[Text, typer.Option(help="The claim: the figure as written.")] = None,
    unit: Annotated[Text, typer.Option(help="Its unit, if the words don't tell.")] = None,
    said_by: Annotated[Text, typer.Option(help="Who says it.")] = None,
    quote: Annotated[Text, typer.Option(help="A few words, exactly as they stand there.")] = None,
    locator: Annotated[Text, typer.Option(help="Heading or table in which they stand.")] = None,
    said_on: Annotated[Text, typer.Option(help="When it was said.")] = None,
    to: Annotated[Path, typer.Option(help="Folder of the records.")] = Path("records"),
    fetch: Annotated[bool, typer.Option(help="Fetch the source and archive it.")] = True,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing; what lacks is an error.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Add a claim to the records: asks what it needs, the source first, and checks each answer.

    The source is fetched as a crawl does it and archived; the claims found in it are proposed. A
    claim that exists already, in other words too, is told. What you answered is kept when you
    stop, by Ctrl-C or otherwise, and offered again. Without questions:

    kb add --url https://vendor.example/blog --model "Model 1B" --vendor Vendor \\
    --type context_length --claimed "128K tokens" --said-by Vendor --quote "128K tokens" --yes
    """
    given = {
        "url": url, "publisher": publisher, "kind": kind and kind.value, "title": title,
        "published_on": published_on, "read_on": read_on, "model": model, "vendor": vendor,
        "availability": availability, "type": claim_type, "metric": metric, "claimed": claimed,
        "unit": unit, "said_by": said_by, "quote": quote, "locator": locator, "said_on": said_on,
    }  # fmt: skip
    if not yes and not sys.stdin.isatty():
        raise UserError("there is nobody to ask; give all options, and --yes")
    settings = load_settings()
    told = {name: value for name, value in given.items() if value is not None}
    adding = Adding(settings, to, file, fetch, read_folder(to))
    try:
        addition, alike, doubts = adding.run_quietly(told) if yes else adding.run_talk(told)
    except (KeyboardInterrupt, EOFError):
        err.print("kb: stopped; what you answered is kept, `kb add` goes on with it")
        raise typer.Exit(130) from None
    if as_json:
        print_json(_make_view(addition, alike, doubts))
    if addition.what == "nothing":
        err.print(as_plain_text(f"{addition.name} says that already; nothing was written"))
    else:
        new = "a new record, " if addition.is_new_file else ""
        words = f"{addition.name}: {new}one {addition.what} more"
        err.print(as_plain_text(words), soft_wrap=True)
        err.print(as_plain_text(f"next: kb validate {to}, then send a pull request"))


def _make_view(addition: Addition, alike: list[Alike], doubts: list[Problem]) -> dict[str, Any]:
    return {
        "file": addition.name,
        "is_new_file": addition.is_new_file,
        "added": addition.what,
        "claim_id": addition.claim_id,
        "model_id": addition.model_id,
        "alike": [vars(each) for each in alike],
        "problems": [vars(each) for each in doubts],
    }
