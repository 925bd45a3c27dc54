"""Measure: answers and results of a plan → rows, as they come."""

from datetime import datetime

from sqlmodel import Session, col, select

from kb.domain.drafts import Conditions
from kb.domain.ids import make_content_id
from kb.domain.outcomes import Basis
from kb.domain.results import (
    EngineQuestion,
    RawAnswer,
    Result,
    ScoredAnswer,
    compute_prompt_sha256,
)
from kb.store.insert import insert_once, make_row
from kb.tables import Environment, Measurement, Plan, Trial
from kb.tables.base import JsonObject, now_utc


def insert_environment(session: Session, **facts: object) -> Environment:
    """Insert the environment if it is new, commit, and return it."""
    row = make_row(Environment, id=make_content_id("env", facts), **facts)
    insert_once(session, [row])
    session.commit()
    return row


def read_trials(session: Session, plan_id: str) -> dict[str, Trial]:
    """Return the answers that a plan has already, by item."""
    rows = session.exec(select(Trial).where(col(Trial.plan_id) == plan_id))
    return {row.item: row for row in rows}


def read_answers(session: Session, plan_id: str) -> dict[str, ScoredAnswer]:
    """Return the answers that a plan has already with their scores, by item."""
    return {item: _make_answer(row) for item, row in read_trials(session, plan_id).items()}


def _make_answer(row: Trial) -> ScoredAnswer:
    raw = RawAnswer(
        row.item,
        row.task,
        row.answer,
        row.prompt_tokens,
        None if row.expected is None else tuple(row.expected),
        row.context_tokens,
        row.finish_reason,
    )
    return ScoredAnswer(raw, row.scorer, row.score)


def read_results(session: Session, release_id: str, probe: str) -> list[Result]:
    """Return what a probe found of a release, for whatever claim."""
    plans = select(Plan.id).where(col(Plan.release_id) == release_id, col(Plan.probe) == probe)
    statement = select(Measurement).where(col(Measurement.plan_id).in_(plans))
    return [_make_result(row) for row in session.exec(statement.order_by(col(Measurement.id)))]


def _make_result(row: Measurement) -> Result:
    return Result(
        row.metric,
        Basis(row.basis),
        row.value,
        row.low,
        row.high,
        row.text,
        row.unit,
        row.n,
        row.n_unit,
        Conditions(**row.conditions),
    )


def has_results(session: Session, plan_id: str) -> bool:
    """Whether a plan has been carried through."""
    statement = select(Measurement.id).where(col(Measurement.plan_id) == plan_id).limit(1)
    return session.exec(statement).first() is not None


def insert_trial(
    session: Session,
    plan_id: str,
    environment_id: str,
    question: EngineQuestion,
    answer: ScoredAnswer,
    asked_at: datetime,
    duration_ms: int,
) -> Trial:
    """Insert one answer at once and commit, so that a crash loses none."""
    row = make_row(
        Trial,
        id=make_content_id("trl", plan_id, question.item),
        plan_id=plan_id,
        environment_id=environment_id,
        item=question.item,
        task=question.task,
        context_tokens=question.context_tokens,
        depth=question.depth,
        prompt_sha256=compute_prompt_sha256(question.prompt),
        prompt_tokens=len(question.prompt),
        expected=None if question.expected is None else list(question.expected),
        answer=answer.raw.text,
        scorer=answer.scorer,
        score=answer.score,
        finish_reason=answer.raw.finish_reason,
        asked_at=asked_at,
        duration_ms=duration_ms,
    )
    insert_once(session, [row])
    session.commit()
    return row


def insert_results(
    session: Session, plan: Plan, model_id: str, environment_id: str, results: list[Result]
) -> int:
    """Insert all results of a plan in one transaction; return how many are new."""
    now = now_utc()
    rows = []
    for result in results:
        conditions = result.conditions.as_stored()
        values: JsonObject = {**vars(result), "conditions": conditions}
        rows.append(
            make_row(
                Measurement,
                id=make_content_id("mea", plan.id, result.metric, conditions),
                model_id=model_id,
                release_id=plan.release_id,
                plan_id=plan.id,
                environment_id=environment_id,
                as_of=now.date().isoformat(),
                measured_at=now,
                **values,
            )
        )
    added = insert_once(session, rows)
    session.commit()
    return added
