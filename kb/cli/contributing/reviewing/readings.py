"""`kb review readings`: what machines read in documents, decided by a person."""

from pathlib import Path
from typing import Annotated

import typer

from kb.cli.console import as_plain_text, err, print_json
from kb.cli.contributing.reviewing.by_key import REASONS, ReviewSession
from kb.cli.contributing.reviewing.by_script import carry_out, read_lines
from kb.cli.contributing.reviewing.showing import make_reading_view
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.domain.review.decisions import Choice, Scope
from kb.domain.review.states import ReviewState
from kb.records.reading_decisions import DecisionLine
from kb.settings import load_settings
from kb.stages.review import Said, decide
from kb.stages.take_decisions import take_decisions
from kb.store.database import open_session
from kb.store.review.readings import ReadingFilter, read_readings
from kb.text.counting import count_things

Part = Annotated[str | None, typer.Option(help="Only where this is part of the name.")]
Keys = Annotated[
    list[str] | None, typer.Option(help="Decide so on the reading with this key; may be repeated.")
]


def readings(
    source: Annotated[
        str | None, typer.Option(help="Only where the document's address or publisher has this.")
    ] = None,
    claim_type: Annotated[str | None, typer.Option("--type", help="Only this claim type.")] = None,
    model: Part = None,
    vendor: Part = None,
    extractor: Part = None,
    state: Annotated[ReviewState | None, typer.Option(help="Only readings in this state.")] = None,
    accept: Keys = None,
    reject: Keys = None,
    withdraw: Keys = None,
    decisions: Annotated[
        Path | None, typer.Option(help="A file of decisions, one JSON object a line.")
    ] = None,
    all_: Annotated[
        Choice | None, typer.Option("--all", help="Decide so on everything the filters leave.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="Your name; it is kept.")] = None,
    reason: Annotated[
        str | None, typer.Option(help="Your reason; by default one that fits the decision.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Go through what machines read: one key each, every decision kept at once.

    Shows each reading beside the words around it. What is accepted or mended counts from the next
    `kb judge` and `kb publish` on; what is rejected does not come back, whatever is crawled or
    read again. Stop at any time: the next run goes on where you stopped.

    A line of a file of decisions: {"key": "rdk_…", "decision": "mended", "mended": {"model":
    "Llama 4 Scout", "claimed": "10M tokens", "type": "context_length"}, "reason": "…"}.

    Example: kb review readings --by Ada --source huggingface
    """
    settings = load_settings()
    lines = _list_lines(accept, reject, withdraw, decisions)
    any_state = state is None and bool(lines)
    wanted = ReadingFilter(
        source, claim_type, model, vendor, extractor,
        None if any_state else state or ReviewState.UNREVIEWED,
    )  # fmt: skip
    with open_session(settings.url) as session:
        taken = take_decisions(session, settings.editor_queue)
        for problem in taken.failed:
            told = f"not taken from the dashboard: {problem}"
            err.print(as_plain_text(told, "yellow"), soft_wrap=True)
        found = read_readings(session, wanted)
        if lines:
            report = carry_out(session, found, lines, by, reason)
            _tell(report.asked, report.new, report.failed, as_json)
        elif all_ is not None:
            said = Said(all_, by or "", reason or REASONS[all_], Scope.DOCUMENT)
            _tell(len(found), decide(session, found, said), [], as_json)
        elif as_json:
            print_json([make_reading_view(reading) for reading in found])
        elif not found:
            err.print("nothing waits for review")
        elif by is None:
            raise UserError("a decision needs its author; add --by YOUR_NAME (or --json to list)")
        else:
            ReviewSession(session, settings.archive, found, by, reason).run()


def _list_lines(
    accept: list[str] | None,
    reject: list[str] | None,
    withdraw: list[str] | None,
    file: Path | None,
) -> list[DecisionLine]:
    asked = (
        (accept, Choice.ACCEPTED), (reject, Choice.REJECTED), (withdraw, Choice.WITHDRAWN)
    )  # fmt: skip
    lines = [
        DecisionLine.model_construct(key=key, decision=choice, reason=None, by=None, mended=None)
        for keys, choice in asked
        for key in keys or ()
    ]
    return lines + ([] if file is None else read_lines(file))


def _tell(asked: int, new: int, failed: list[str], as_json: bool) -> None:
    if as_json:
        print_json({"asked": asked, "new": new, "failed": failed})
    for problem in failed:
        err.print(as_plain_text(f"not done: {problem}", "yellow"), soft_wrap=True)
    err.print(
        f"{count_things(asked, 'decision')}, {new} new, {len(failed)} not done; "
        "next: kb judge, kb publish"
    )
    if failed:
        raise typer.Exit(1)
