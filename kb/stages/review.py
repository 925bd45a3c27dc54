"""Review: what a person, or a rule that earned it, says of a machine's reading → a decision.

Each decision is committed at once; the same one given again adds nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from kb.domain.errors import UserError
from kb.domain.ids import make_content_id
from kb.domain.review.decisions import Choice, Scope, find_decisions, is_rule
from kb.domain.review.precision import LEAST_LOW, LEAST_N, Precision, ReadingKind
from kb.linking.mended_readings import Mended, Mending, make_mended
from kb.store.asserting import insert_assertions
from kb.store.insert import insert_once, make_row
from kb.store.review.readings import MachineReading, ReadingFilter, read_readings
from kb.store.review.reads import read_decisions, read_standing
from kb.tables import ReviewDecision
from kb.tables.base import now_utc

RULE = "rule:precision/1"


@dataclass(frozen=True)
class Said:
    """What is said of a reading: the decision, who says it and why; what it was mended to."""

    choice: Choice
    author: str
    reason: str
    scope: Scope = Scope.ONE
    mending: Mending | None = None


def decide(session: Session, readings: Iterable[MachineReading], said: Said) -> int:
    """Decide the same of readings, all at once, and commit; return how many decisions are new.

    Raises UserError when the name or the reason is missing, or what it is mended to is no claim.
    """
    _check_person(said)
    chosen = list(readings)
    known = read_decisions(session, [reading.key for reading in chosen])
    heads = find_decisions(known, of_rules=False, with_withdrawn=True)
    return _insert(session, chosen, said, heads)


def accept_by_rule(session: Session) -> dict[ReadingKind, int]:
    """Accept what waits of each kind whose precision bears it, and commit; return how many."""
    standing = read_standing(session)
    waiting = read_readings(session, ReadingFilter(), standing)
    heads = find_decisions(read_decisions(session), of_rules=True, with_withdrawn=True)
    accepted: dict[ReadingKind, int] = {}
    for kind, precision in standing.book.precisions.items():
        mine = [reading for reading in waiting if reading.reading_kind == kind]
        if precision.is_earned and mine:
            said = Said(Choice.ACCEPTED, RULE, _write_figures(precision))
            accepted[kind] = _insert(session, mine, said, heads)
    return accepted


def _insert(
    session: Session,
    readings: Iterable[MachineReading],
    said: Said,
    heads: dict[str, ReviewDecision],
) -> int:
    rows: list[ReviewDecision] = []
    for reading in readings:
        head = heads.get(reading.key)
        mended = None if said.mending is None else make_mended(session, reading, said.mending)
        if head is not None and _says_same(head, reading, said, mended):
            continue
        decision = _make_decision(reading, said, mended, head)
        rows.append(decision)
        if mended is not None:
            insert_once(session, mended.rows)
            insert_assertions(session, decision.id, [mended.id, mended.said.model_id])
    insert_once(session, rows)
    session.commit()
    return len(rows)


def _says_same(
    head: ReviewDecision, reading: MachineReading, said: Said, mended: Mended | None
) -> bool:
    """Whether it is decided so already; what was accepted under other conditions is not."""
    same = (head.decision, head.author) == (said.choice, said.author)
    is_of_these = said.choice is not Choice.ACCEPTED or head.details == reading.said.details
    return same and is_of_these and head.mended_key == (mended and mended.key)


def _make_decision(
    reading: MachineReading, said: Said, mended: Mended | None, head: ReviewDecision | None
) -> ReviewDecision:
    supersedes = head.id if head else None
    change = None if said.mending is None else said.mending.as_json()
    return make_row(
        ReviewDecision,
        id=make_content_id(
            "rvd", reading.key, said.choice, change, said.author, said.reason, said.scope,
            reading.said.details, supersedes,
        ),
        key=reading.key,
        words_key=reading.row.words_key,
        decision=said.choice,
        said=describe_said(reading),
        details=reading.said.details,
        mended=change,
        mended_key=mended and mended.key,
        mended_details=mended and mended.said.details,
        mended_id=mended and mended.id,
        author=said.author,
        reason=said.reason,
        scope=said.scope,
        extractor=reading.row.extractor,
        kind=reading.said.kind,
        source_id=reading.source.id,
        source_kind=reading.source.kind,
        quote=reading.row.quote,
        supersedes_id=supersedes,
        decided_at=now_utc(),
    )  # fmt: skip


def describe_said(reading: MachineReading) -> dict[str, Any]:
    """Return what the machine read, for the record of the decision."""
    return {
        "model": reading.model.name,
        "vendor": reading.model.vendor,
        "kind": reading.said.kind,
        "metric": reading.said.metric,
        "claimed": reading.claimed,
    }


def _check_person(said: Said) -> None:
    if not said.author.strip() or not said.reason.strip():
        raise UserError("a decision needs its author and its reason; add --by NAME --reason WORDS")
    if is_rule(said.author):
        raise UserError(f"{said.author!r} is a rule's name; give the name of a person")
    if (said.choice is Choice.MENDED) is (said.mending is None):
        raise UserError("a mended reading needs what it should say: a model, a value or a type")


def _write_figures(precision: Precision) -> str:
    low = precision.interval.low
    return (
        f"people found {precision.right:,} of {precision.n:,} such readings right, which is "
        f"{low:.2%} or more at 95% confidence; the bar is {LEAST_LOW:.0%} of {LEAST_N} or more"
    )
