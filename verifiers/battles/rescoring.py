"""Judge exported battles again: a program from the answers, a model's from its stored words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kb.domain.errors import UserError
from verifiers.battles import model_judge, program_judge
from verifiers.battles.decided import AnswerPair, Decided


@dataclass(frozen=True)
class Rescored:
    """How many battles were judged again, and which results differ."""

    battles: int
    mean: float | None
    undecided: int
    differences: tuple[str, ...]


def rescore(rows: Sequence[dict[str, Any]]) -> Rescored:
    """Return the new results; raise UserError for a judge of another version."""
    decided = [_decide_again(row) for row in rows]
    differences = tuple(
        f"{row['contest']} {row['item']}: {again.score}, recorded {row['score']}"
        for row, again in zip(rows, decided, strict=True)
        if again.score != row["score"]
    )
    known = [battle.score for battle in decided if battle.score is not None]
    mean = sum(known) / len(known) if known else None
    return Rescored(len(rows), mean, len(rows) - len(known), differences)


def _decide_again(row: dict[str, Any]) -> Decided:
    label = str(row["judge"])
    if label == program_judge.LABEL:
        pair = AnswerPair(
            row["prompt"], tuple(row["checks"]), row["answer"], row["opponent_answer"]
        )
        return program_judge.ProgramJudge().decide(pair)
    if label.endswith(f", {model_judge.VERSION}") and len(row["verdicts"]) == 2:
        said = tuple(str(verdict) for verdict in row["verdicts"])
        return Decided(model_judge.combine(*(model_judge.parse_verdict(s) for s in said)), said)
    raise UserError(f"{row['contest']}: no way to judge as {label!r} again")
