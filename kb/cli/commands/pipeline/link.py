"""`kb link`: find claims that say the same thing, or record a person's decision."""

from typing import Annotated, Any

import typer
from rich.table import Table
from sqlmodel import Session

from kb.cli.console import as_plain_text, err, make_progress, out, print_json
from kb.cli.options import JsonFlag
from kb.domain.errors import UserError
from kb.domain.in_force.judgements import JudgementFact, Likeness, find_in_force
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
from kb.text.counting import count_things

_Pair = tuple[str, str]
_PAIR = "<claim claim>"
_TWO = "Two claims, by id or number in the founding list."


def link(
    same: Annotated[
        _Pair | None, typer.Option(metavar=_PAIR, help=f"{_TWO} They say the same thing.")
    ] = None,
    different: Annotated[
        _Pair | None, typer.Option(metavar=_PAIR, help=f"{_TWO} They differ.")
    ] = None,
    unsure: Annotated[
        _Pair | None, typer.Option(metavar=_PAIR, help=f"{_TWO} It is unclear.")
    ] = None,
    undo: Annotated[str | None, typer.Option(help="Withdraw this person's decision.")] = None,
    by: Annotated[str, typer.Option(help="Your name; for the four options above.")] = "",
    reason: Annotated[str, typer.Option(help="Your reason, in a few words.")] = "",
    review: Annotated[bool, typer.Option("--review", help="List the unsure pairs.")] = False,
    list_all: Annotated[bool, typer.Option("--list", help="List all current decisions.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Find claims that say the same thing in other words.

    One of them then shows the sightings of all. Without options, a rule compares all claims. A
    person's decision outranks the rule's, and every decision stays on record.

    Example: kb link --same S01 clm_82129925 --by "Ada" --reason "same figure, same model"
    """
    settings = load_settings()
    said = {
        Likeness.SAME: same,
        Likeness.DIFFERENT: different,
        Likeness.UNSURE: unsure,
    }
    given = {outcome: pair for outcome, pair in said.items() if pair is not None}
    if len(given) + (undo is not None) + review + list_all > 1:
        raise UserError(
            "give only one of --same, --different, --unsure, --undo, --review and --list"
        )
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
    """Link all claims by rule, show progress, and print the result."""
    with open_session(settings.url) as session, make_progress() as progress:
        task = progress.add_task("link", total=None)
        report = link_claims(
            session,
            SentenceEncoder(),
            lambda words: progress.update(task, description=f"link: {words}"),
        )
    err.print(describe_linking(report), soft_wrap=True)
    for conflict in report.conflicts:
        err.print(as_plain_text(f"  conflict: {conflict}"), soft_wrap=True)
    return report


def describe_linking(report: LinkReport) -> str:
    """Return one line: which claims became one, and what a person should look at."""
    same = (
        f"{report.merged} of them say the same thing as another "
        f"({count_things(report.groups, 'group')})"
        if report.merged
        else "no two say the same thing"
    )
    pairs = count_things(report.outcomes["unsure"], "unsure pair")
    return (
        f"link: {count_things(report.claims, 'claim')}; {same}; {pairs} (kb link --review); "
        f"{count_things(report.new_judgements, 'new judgement')}"
    )


def _show(session: Session, *, only_unsure: bool, as_json: bool) -> None:
    force = find_in_force(read_judgements(session)).values()
    wanted = [fact for fact in force if not only_unsure or fact.outcome is Likeness.UNSURE]
    _tell(session, sorted(wanted, key=lambda fact: (-(fact.score or 1.0), fact.id)), as_json)


def _tell(session: Session, facts: list[JudgementFact], as_json: bool) -> None:
    rows = [_make_view(session, fact) for fact in facts]
    if as_json:
        print_json(rows)
        return
    table = Table(
        "judgement", "outcome", "first claim", "second claim", "reason", "by", expand=True
    )
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
    out.print(count_things(len(rows), "judgement"))


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
