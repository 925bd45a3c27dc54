"""`kb review`: what readers propose, and what a person says of it."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from kb.cli.accepting import accept_claim
from kb.cli.base import JsonFlag
from kb.cli.console import as_plain_text, err, out, print_json
from kb.domain.errors import UserError
from kb.records.proposals import ClaimProposal, Decision, Received, ReplyProposal
from kb.settings import Settings, load_settings
from kb.stages.take_reply import take_reply
from kb.store.database import open_session
from kb.store.home.proposals import find_proposal, insert_review, read_proposals

_SHOWN = 100
Key = Annotated[str, typer.Argument(help="Id of a proposal, or how it begins.")]
By = Annotated[str, typer.Option(help="Who says so: your name.")]
Reason = Annotated[str, typer.Option(help="Why, in a few words; it stays.")]


def register(app: typer.Typer) -> None:
    """Add these subcommands."""
    review = typer.Typer(
        help="Look at what readers propose on the dashboard: list, show, accept, reject, ask. "
        "Nothing of it is in the base before a person accepts it.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    review.command("list")(list_)
    review.command("show")(show)
    review.command("accept")(accept)
    review.command("reject")(reject)
    review.command("ask")(ask)
    app.add_typer(review, name="review")


def list_(
    with_decided: Annotated[
        bool, typer.Option("--all", help="Those that are decided, too.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """List proposals, the oldest first."""
    found = read_proposals(load_settings().queue, with_decided=with_decided)
    if as_json:
        print_json([_make_view(each) for each in found])
        return
    table = Table("proposal", "kind", "state", "received", "what", expand=True)
    for each in found:
        what = as_plain_text(_sum_up(each)[:_SHOWN].replace("\n", " "))
        received = f"{each.received_at:%Y-%m-%d %H:%M}"
        table.add_row(each.id, each.proposal.kind, each.state, received, what)
    out.print(table)
    err.print(f"{len(found)} proposals")


def show(key: Key, as_json: JsonFlag = False) -> None:
    """Show one proposal whole, and what was said of it."""
    _tell(find_proposal(load_settings().queue, key), as_json)


def accept(
    key: Key,
    by: By,
    reason: Reason,
    to: Annotated[
        Path | None, typer.Option(help="Folder of the record; by default KB_HOME/accepted.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Take it on record: a claim as a record file that is loaded, a reply beside its claim.

    `kb judge` and `kb publish` bring it to the dashboard. A mistake is noted as one; it is mended
    by hand.
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
        return f"{reply_id} stands beside the claim; next: kb publish"
    return "noted; mend the record it is about, and send a pull request"


def reject(key: Key, by: By, reason: Reason, as_json: JsonFlag = False) -> None:
    """Leave it out; the reason stays."""
    _decide(key, Decision.REJECTED, by, reason, as_json)


def ask(key: Key, by: By, reason: Reason, as_json: JsonFlag = False) -> None:
    """Note what is missing, and keep it in the queue."""
    _decide(key, Decision.ASKED, by, reason, as_json)


def _decide(key: str, decision: Decision, by: str, reason: str, as_json: bool) -> None:
    queue = load_settings().queue
    received = find_proposal(queue, key)
    if received.state == Decision.ACCEPTED:
        raise UserError(f"{received.id} is accepted and on record; what is on record stays")
    insert_review(queue, received.id, decision, by, reason)
    _tell(find_proposal(queue, received.id), as_json)


def _tell(received: Received, as_json: bool) -> None:
    if as_json:
        print_json(_make_view(received))
        return
    out.print(as_plain_text(f"{received.id}: {received.proposal.kind}, {received.state}", "bold"))
    for name, value in received.proposal.model_dump(mode="json", exclude_none=True).items():
        out.print(as_plain_text(f"  {name.replace('_', ' ')}: {value}"), soft_wrap=True)
    for each in received.reviews:
        words = f"  {each.decision} by {each.by} on {each.at:%Y-%m-%d}: {each.reason}"
        out.print(as_plain_text(words), soft_wrap=True)


def _make_view(received: Received) -> dict[str, Any]:
    return {**received.model_dump(mode="json", exclude_none=True), "state": received.state}


def _sum_up(received: Received) -> str:
    proposal = received.proposal
    if isinstance(proposal, ClaimProposal):
        return f"{proposal.said_by} on {proposal.model}: {proposal.claimed}"
    return f"{proposal.claim or ''} {proposal.text}".strip()
