"""`kb review`: readers' proposals, and what a person decides."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kb.cli.console import as_plain_text, err, out, print_json
from kb.cli.contributing.accepting import accept_claim
from kb.cli.contributing.reviewing.precision import accept_by_rule, precision
from kb.cli.contributing.reviewing.readings import readings
from kb.cli.options import JsonFlag
from kb.cli.typers import make_typer
from kb.domain.errors import UserError
from kb.records.proposals import ClaimProposal, Decision, Received, ReplyProposal
from kb.settings import Settings, load_settings
from kb.stages.take_reply import take_reply
from kb.store.database import open_session
from kb.store.home.proposals import find_proposal, insert_review, read_proposals
from kb.text.counting import count_things

_SHOWN = 100
Key = Annotated[str, typer.Argument(help="Id of a proposal, or the beginning of it.")]
By = Annotated[str, typer.Option(help="Your name.")]
Reason = Annotated[str, typer.Option(help="Your reason, in a few words; it is kept.")]


app = make_typer(no_args_is_help=True)


@app.callback()
def review() -> None:
    """Decide on what readers propose and on what machines read.

    Nothing readers propose on the dashboard enters the knowledge base before a person accepts it,
    and nothing machines read in documents is shown to readers before it is reviewed.
    """


@app.command("list")
def list_(
    with_decided: Annotated[
        bool, typer.Option("--all", help="Include those already decided.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """List proposals, the oldest first."""
    found = read_proposals(load_settings().queue, with_decided=with_decided)
    if as_json:
        print_json([_make_view(received) for received in found])
        return
    table = Table("proposal", "kind", "state", "received", "text", expand=True)
    for received in found:
        what = as_plain_text(_sum_up(received)[:_SHOWN].replace("\n", " "))
        day = f"{received.received_at:%Y-%m-%d %H:%M}"
        table.add_row(received.id, received.proposal.kind, received.state, day, what)
    out.print(table)
    err.print(count_things(len(found), "proposal"))


@app.command("show")
def show(key: Key, as_json: JsonFlag = False) -> None:
    """Show one proposal in full, with the decisions on it."""
    _tell(find_proposal(load_settings().queue, key), as_json)


@app.command("accept")
def accept(
    key: Key,
    by: By,
    reason: Reason,
    to: Annotated[
        Path | None, typer.Option(help="Folder for the record; by default KB_HOME/accepted.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Accept a proposal and put it on record.

    A claim is written as a record and loaded; a reply is put beside its claim. `kb judge` and
    `kb publish` then bring it to the dashboard. A reported mistake is only marked as accepted;
    correct the record by hand.

    Example: kb review accept pro_3f2a --by "Ada" --reason "quote checked"
    """
    settings = load_settings()
    received = find_proposal(settings.queue, key)
    done = _take(settings, received, to or settings.home / "accepted", by)
    insert_review(settings.queue, received.id, Decision.ACCEPTED, by, reason)
    err.print(as_plain_text(done), soft_wrap=True)
    _tell(find_proposal(settings.queue, received.id), as_json)


def _take(settings: Settings, received: Received, folder: Path, by: str) -> str:
    proposal = received.proposal
    if isinstance(proposal, ClaimProposal):
        return accept_claim(settings, proposal, folder)
    if isinstance(proposal, ReplyProposal):
        with open_session(settings.url) as session:
            reply_id = take_reply(session, proposal, by)
        return f"{reply_id} is on record with its claim; next: kb publish"
    return "noted; correct the record it is about and send a pull request"


@app.command("reject")
def reject(key: Key, by: By, reason: Reason, as_json: JsonFlag = False) -> None:
    """Reject a proposal; the reason is kept."""
    _decide(key, Decision.REJECTED, by, reason, as_json)


@app.command("ask")
def ask(key: Key, by: By, reason: Reason, as_json: JsonFlag = False) -> None:
    """Note what is missing and keep the proposal in the queue."""
    _decide(key, Decision.ASKED, by, reason, as_json)


def _decide(key: str, decision: Decision, by: str, reason: str, as_json: bool) -> None:
    queue = load_settings().queue
    received = find_proposal(queue, key)
    if received.state == Decision.ACCEPTED:
        raise UserError(f"{received.id} is accepted already, and what is on record stays")
    insert_review(queue, received.id, decision, by, reason)
    _tell(find_proposal(queue, received.id), as_json)


def _tell(received: Received, as_json: bool) -> None:
    if as_json:
        print_json(_make_view(received))
        return
    out.print(as_plain_text(f"{received.id}: {received.proposal.kind}, {received.state}", "bold"))
    for name, value in received.proposal.model_dump(mode="json", exclude_none=True).items():
        out.print(as_plain_text(f"  {name.replace('_', ' ')}: {value}"), soft_wrap=True)
    for decided in received.reviews:
        day = f"{decided.at:%Y-%m-%d}"
        words = f"  {decided.decision} by {decided.by} on {day}: {decided.reason}"
        out.print(as_plain_text(words), soft_wrap=True)


def _make_view(received: Received) -> dict[str, Any]:
    return {**received.model_dump(mode="json", exclude_none=True), "state": received.state}


def _sum_up(received: Received) -> str:
    proposal = received.proposal
    if isinstance(proposal, ClaimProposal):
        return f"{proposal.said_by} on {proposal.model}: {proposal.claimed}"
    return f"{proposal.claim or ''} {proposal.text}".strip()


app.command("readings")(readings)
app.command("precision")(precision)
app.command("accept-by-rule")(accept_by_rule)
