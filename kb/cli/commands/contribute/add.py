"""`kb add`: a claim from its source to a record file that is ready for a pull request."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from kb.cli.console import as_plain_text, err, print_json
from kb.cli.contributing.adding import Adding
from kb.cli.contributing.writing import read_folder
from kb.cli.options import JsonFlag
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError
from kb.domain.speech import Passing
from kb.linking.alike import Alike
from kb.records.additions import Addition
from kb.records.files import Problem
from kb.settings import load_settings

Text = str | None


def add(
    url: Annotated[Text, typer.Option(help="Address of the source.")] = None,
    file: Annotated[
        Path | None, typer.Option(help="The source as a file, instead of fetching --url.")
    ] = None,
    publisher: Annotated[Text, typer.Option(help="Who publishes the source.")] = None,
    kind: Annotated[SourceKind | None, typer.Option(help="The kind of source.")] = None,
    title: Annotated[Text, typer.Option(help="Title of the source.")] = None,
    published_on: Annotated[Text, typer.Option(help="Date of the source.")] = None,
    read_on: Annotated[
        Text, typer.Option(help="The day you read it, if it is not fetched.")
    ] = None,
    model: Annotated[Text, typer.Option(help="The model, as its vendor writes it.")] = None,
    vendor: Annotated[Text, typer.Option(help="Who makes the model.")] = None,
    availability: Annotated[
        Text, typer.Option(help="For a new model: what the source says about its weights.")
    ] = None,
    claim_type: Annotated[Text, typer.Option("--type", help="Type of the claim.")] = None,
    metric: Annotated[Text, typer.Option(help="For a score: the name of the test.")] = None,
    claimed: Annotated[Text, typer.Option(help="The claimed figure, as written.")] = None,
    unit: Annotated[Text, typer.Option(help="Unit of the figure, if the text doesn't say.")] = None,
    said_by: Annotated[Text, typer.Option(help="Who says it.")] = None,
    passing: Annotated[
        Passing | None,
        typer.Option(help="Whether the source quotes them, or reports them in its own words."),
    ] = None,
    quote: Annotated[Text, typer.Option(help="A few words from the source, verbatim.")] = None,
    locator: Annotated[Text, typer.Option(help="Heading or table where the quote is.")] = None,
    said_on: Annotated[Text, typer.Option(help="When it was said.")] = None,
    to: Annotated[Path, typer.Option(help="Folder of the records.")] = Path("records"),
    fetch: Annotated[bool, typer.Option(help="Fetch the source and archive it.")] = True,
    yes: Annotated[
        bool, typer.Option("--yes", help="Ask nothing; a missing answer is an error.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Add a claim to the records, question by question.

    It asks for the source first and checks each answer. The source is fetched under the same rules
    as in a crawl, archived, and searched for claims to choose from. You are warned if the claim is
    on record already, even in other words. If you stop, with Ctrl-C or otherwise, your answers
    are kept and offered next time. To be asked nothing, give everything at once:

    kb add --url https://vendor.example/blog --model "Model 1B" --vendor Vendor
    --type context_length --claimed "128K tokens" --said-by Vendor --quote "128K tokens" --yes
    """
    given = {
        "url": url, "publisher": publisher, "kind": kind and kind.value, "title": title,
        "published_on": published_on, "read_on": read_on, "model": model, "vendor": vendor,
        "availability": availability, "type": claim_type, "metric": metric, "claimed": claimed,
        "unit": unit, "said_by": said_by, "passing": passing and passing.value, "quote": quote,
        "locator": locator, "said_on": said_on,
    }  # fmt: skip
    if not yes and not sys.stdin.isatty():
        raise UserError("no terminal to ask questions on; give all options and --yes")
    settings = load_settings()
    answers = {name: value for name, value in given.items() if value is not None}
    adding = Adding(settings, to, file, fetch, read_folder(to))
    try:
        addition, alike, doubts = adding.run_quietly(answers) if yes else adding.run_talk(answers)
    except (KeyboardInterrupt, EOFError):
        err.print("kb: stopped; your answers are kept, run `kb add` to continue")
        raise typer.Exit(130) from None
    if as_json:
        print_json(_make_view(addition, alike, doubts))
    if addition.what == "nothing":
        err.print(as_plain_text(f"{addition.name} has this claim already; nothing was written"))
    else:
        new = "new record, " if addition.is_new_file else ""
        words = f"{addition.name}: {new}added one {addition.what}"
        err.print(as_plain_text(words), soft_wrap=True)
        err.print(as_plain_text(f"next: kb validate {to}, then send a pull request"))


def _make_view(addition: Addition, alike: list[Alike], doubts: list[Problem]) -> dict[str, Any]:
    return {
        "file": addition.name,
        "is_new_file": addition.is_new_file,
        "added": addition.what,
        "claim_id": addition.claim_id,
        "model_id": addition.model_id,
        "alike": [vars(claim) for claim in alike],
        "problems": [vars(problem) for problem in doubts],
    }
