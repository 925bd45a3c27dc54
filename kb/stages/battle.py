"""Battle: contests, answers and outcomes → rows, as they come."""

from datetime import datetime

from sqlmodel import Session, col, select

from kb.domain.ids import make_content_id
from kb.domain.results import Result
from kb.store.insert import insert_once, make_row
from kb.tables import Battle, Contest, Measurement, Release, Reply
from kb.tables.base import now_utc


def insert_contest(
    session: Session,
    challenger_id: str,
    claim_id: str | None,
    judge: str,
    parameters: dict[str, object],
    seed: int,
) -> Contest:
    """Insert the contest if it is new, commit, and return it."""
    parts = (challenger_id, claim_id, judge, parameters, seed)
    contest = make_row(
        Contest,
        id=make_content_id("cst", *parts),
        challenger_id=challenger_id,
        claim_id=claim_id,
        judge=judge,
        parameters=parameters,
        seed=seed,
    )
    insert_once(session, [contest])
    session.commit()
    return contest


def read_replies(session: Session, release_id: str, most_tokens: int) -> dict[str, Reply]:
    """Return what a release answered already, by prompt."""
    statement = select(Reply).where(
        col(Reply.release_id) == release_id, col(Reply.most_tokens) == most_tokens
    )
    return {row.item: row for row in session.exec(statement)}


def make_reply(
    release_id: str,
    environment_id: str,
    item: str,
    kind: str,
    prompt: str,
    checks: list[str],
    most_tokens: int,
    prompt_sha256: str,
    prompt_tokens: int,
    answer: str,
    finish_reason: str | None,
    asked_at: datetime,
    duration_ms: int,
) -> Reply:
    """Return the row of one answer."""
    return make_row(
        Reply,
        id=make_content_id("rpl", release_id, item, most_tokens),
        release_id=release_id,
        environment_id=environment_id,
        item=item,
        kind=kind,
        prompt=prompt,
        checks=checks,
        most_tokens=most_tokens,
        prompt_sha256=prompt_sha256,
        prompt_tokens=prompt_tokens,
        answer=answer,
        finish_reason=finish_reason,
        asked_at=asked_at,
        duration_ms=duration_ms,
    )


def insert_reply(session: Session, reply: Reply) -> None:
    """Insert an answer at once and commit, so that a crash loses none."""
    insert_once(session, [reply])
    session.commit()


def read_battles(session: Session, contest_id: str) -> dict[tuple[str, str], Battle]:
    """Return the battles of a contest, by the ids of the challenger's and opponent's answers."""
    rows = session.exec(select(Battle).where(col(Battle.contest_id) == contest_id))
    return {(row.reply_id, row.opponent_reply_id): row for row in rows}


def insert_battle(
    session: Session,
    contest_id: str,
    reply: Reply,
    opponent: Reply,
    score: float | None,
    verdicts: list[str],
) -> Battle:
    """Insert one battle at once and commit."""
    row = make_row(
        Battle,
        id=make_content_id("btl", contest_id, reply.id, opponent.id),
        contest_id=contest_id,
        reply_id=reply.id,
        opponent_reply_id=opponent.id,
        score=score,
        verdicts=verdicts,
        judged_at=now_utc(),
    )
    insert_once(session, [row])
    session.commit()
    return row


def insert_ratings(
    session: Session, contest: Contest, environment_id: str, results: list[Result]
) -> int:
    """Insert what a contest shows in one transaction; return how many rows are new."""
    now = now_utc()
    release = session.get_one(Release, contest.challenger_id)
    rows = [
        make_row(
            Measurement,
            id=make_content_id("mea", contest.id, result.metric, result.conditions.as_stored()),
            model_id=release.model_id,
            release_id=release.id,
            environment_id=environment_id,
            as_of=now.date().isoformat(),
            measured_at=now,
            locator=f"contest {contest.id}",
            **{**vars(result), "conditions": result.conditions.as_stored()},
        )
        for result in results
    ]
    added = insert_once(session, rows)
    session.commit()
    return added
