"""The subcommand `kb link`: link by rule, or say yourself which claims are one."""

from typing import Annotated, Any

import typer
from rich.table import Table
from sqlmodel import Session

from kb.cli.base import JsonFlag
from kb.cli.console import as_plain_text, err, make_progress, out, print_json
from kb.domain.errors import UserError
from kb.domain.judgements import JudgementFact, Likeness, find_in_force
from kb.embeddings import SentenceEncoder
from kb.settings import Settings, load_settings
from kb.stages.link import (
    LinkReport,
    insert_persons_judgement,
    link_claims,
    withdraw_judgement,
)
from kb.store.claims.judgements import read_judgements
from kb.store.database import open_session
from kb.tables import Claim

_Pair = tuple[str, str]
_TWO = "Two claims, by id or seed."


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("link")(link)


def link(
    same: Annotated[_Pair | None, typer.Option(help=f"{_TWO} They say the same.")] = None,
    different: Annotated[_Pair | None, typer.Option(help=f"{_TWO} They don't.")] = None,
    unsure: Annotated[_Pair | None, typer.Option(help=f"{_TWO} It is open.")] = None,
    undo: Annotated[str | None, typer.Option(help="Take this judgement of a person back.")] = None,
    by: Annotated[str, typer.Option(help="Your name, with the four above.")] = "",
    reason: Annotated[str, typer.Option(help="Why, in a few words.")] = "",
    review: Annotated[bool, typer.Option("--review", help="List what is unsure.")] = False,
    list_all: Annotated[bool, typer.Option("--list", help="List all that is in force.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Find claims that say the same in other words; one claim then shows all its sightings.

    Without options, a rule compares all claims. What a person says outranks the rule, and
    everything said stays on record.
    """
    settings = load_settings()
    said = {
        Likeness.SAME: same,
        Likeness.DIFFERENT: different,
        Likeness.UNSURE: unsure,
    }
    given = {outcome: pair for outcome, pair in said.items() if pair is not None}
    if len(given) + (undo is not None) + review + list_all > 1:
        raise UserError("one thing at a time: --same, --different, --unsure, --undo or a list")
    with open_session(settings.url) as session:
        if review or list_all:
            _show(session, only_unsure=review, as_json=as_json)
            return
        if given or undo is not None:
            fact = _judge(session, given, undo, by, reason)
            _tell(session, [fact], as_json)
            return
    report = run_link(settings)
    if as_json:
        print_json({**vars(report), "outcomes": dict(report.outcomes)})


def _judge(
    session: Session, given: dict[Likeness, _Pair], undo: str | None, by: str, reason: str
) -> JudgementFact:
    if undo is not None:
        return withdraw_judgement(session, undo, by, reason)
    outcome, (first, second) = next(iter(given.items()))
    return insert_persons_judgement(session, first, second, outcome, by, reason)


def run_link(settings: Settings) -> LinkReport:
    """Link all claims by rule, show progress, and tell what came of it."""
    with open_session(settings.url) as session, make_progress() as progress:
        task = progress.add_task("link", total=None)
        report = link_claims(
            session,
            SentenceEncoder(),
            lambda words: progress.update(task, description=f"link: {words}"),
        )
    same = (
        f"{report.merged} of them are {report.groups} propositions"
        if report.merged
        else "no two say the same"
    )
    err.print(
        f"link: {report.claims} claims; {same}; "
        f"{report.outcomes['unsure']} pairs unsure (kb link --review); "
        f"{report.new_judgements} new judgements"
    )
    for conflict in report.conflicts:
        err.print(as_plain_text(f"  conflict: {conflict}"), soft_wrap=True)
    return report


def _show(session: Session, *, only_unsure: bool, as_json: bool) -> None:
    force = find_in_force(read_judgements(session)).values()
    wanted = [each for each in force if not only_unsure or each.outcome is Likeness.UNSURE]
    _tell(session, sorted(wanted, key=lambda each: (-(each.score or 1.0), each.id)), as_json)


def _tell(session: Session, facts: list[JudgementFact], as_json: bool) -> None:
    rows = [_make_view(session, fact) for fact in facts]
    if as_json:
        print_json(rows)
        return
    table = Table("judgement", "outcome", "one claim", "the other", "why", "by", expand=True)
    for row in rows:
        table.add_row(
            row["id"],
            row["outcome"],
            *(
                as_plain_text(f"{row[side]['subject']}: {row[side]['claimed_text']} ({side_id})")
                for side, side_id in (("left", row["left_id"]), ("right", row["right_id"]))
            ),
            as_plain_text(row["reason"]),
            as_plain_text(row["author"]),
        )
    out.print(table)
    out.print(f"{len(rows)} judgements")


def _make_view(session: Session, fact: JudgementFact) -> dict[str, Any]:
    claims = {
        "left": session.get_one(Claim, fact.left_id),
        "right": session.get_one(Claim, fact.right_id),
    }
    return {
        **vars(fact),
        **{
            side: {"subject": claim.subject_text, "claimed_text": claim.claimed_text}
            for side, claim in claims.items()
        },
    }
