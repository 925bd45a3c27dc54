"""Battles as JSON Lines, one per line with both answers, so that anybody can judge them again."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import Session, col, select

from kb.domain.errors import UserError
from kb.tables import Battle, Contest, Environment, Model, Release, Reply

FORMAT = "as-claimed-battle/1"
_WANTED = frozenset(
    ("format", "contest", "judge", "item", "prompt", "checks", "answer", "opponent_answer",
     "challenger", "opponent", "score", "verdicts")
)  # fmt: skip
Row = dict[str, Any]
MAX_BYTES = 200_000_000


def read_battle_rows(session: Session, contest_id: str | None = None) -> Iterator[Row]:
    """Yield battles with all that is needed to judge them again, by contest and prompt."""
    statement = select(Battle, Contest).join(Contest, col(Contest.id) == col(Battle.contest_id))
    if contest_id is not None:
        statement = statement.where(col(Contest.id) == contest_id)
    pairs = session.exec(statement.order_by(col(Contest.id), col(Battle.id))).all()
    yield from sorted((_make_row(session, *pair) for pair in pairs), key=_sort_key)


def _sort_key(row: Row) -> tuple[str, str, int, str]:
    start, _, number = str(row["item"]).rpartition("/")
    return row["contest"], start, int(number), row["opponent"]["release"]


def _make_row(session: Session, battle: Battle, contest: Contest) -> Row:
    ours = session.get_one(Reply, battle.reply_id)
    theirs = session.get_one(Reply, battle.opponent_reply_id)
    return {
        "format": FORMAT,
        "contest": contest.id,
        "claim": contest.claim_id,
        "parameters": contest.parameters,
        "judge": contest.judge,
        "item": ours.item,
        "kind": ours.kind,
        "prompt": ours.prompt,
        "checks": ours.checks,
        "challenger": _tell_side(session, ours),
        "answer": ours.answer,
        "opponent": _tell_side(session, theirs),
        "opponent_answer": theirs.answer,
        "score": battle.score,
        "verdicts": battle.verdicts,
        "judged_at": battle.judged_at.isoformat(),
    }


def _tell_side(session: Session, reply: Reply) -> Row:
    release = session.get_one(Release, reply.release_id)
    environment = session.get_one(Environment, reply.environment_id)
    return {
        "release": release.id,
        "model": session.get_one(Model, release.model_id).name,
        "repository": release.repository,
        "engine": environment.engine,
        "engine_version": environment.engine_version,
        "weights_sha256": environment.weights_sha256,
        "finish_reason": reply.finish_reason,
    }


def write_battles(rows: Iterable[Row]) -> str:
    """Return the text of a battle file, the same for the same rows."""
    return "".join(json.dumps(row, sort_keys=True, ensure_ascii=False) + "\n" for row in rows)


def parse_battles(data: bytes, name: str) -> list[Row]:
    """Return the rows of a battle file; raise UserError naming file and line of what is wrong."""
    if len(data) > MAX_BYTES:
        raise UserError(f"{name}: a battle file has at most {MAX_BYTES:,} bytes")
    rows = []
    for number, line in enumerate(data.splitlines(), 1):
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise UserError(f"{name}, line {number}: no JSON: {error}") from None
        if not isinstance(row, dict) or row.get("format") != FORMAT or not set(row) >= _WANTED:
            raise UserError(f"{name}, line {number}: no battle; one has the format {FORMAT}")
        rows.append(row)
    if not rows:
        raise UserError(f"{name}: holds no battle")
    return rows
