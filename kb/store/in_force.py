"""Which rows are in force, as conditions for queries; and which of the others are published."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, column, or_, text
from sqlmodel import Session, col, select

from kb.domain.in_force.superseding import OUT_OF_FORCE, SUPERSEDED
from kb.tables import (
    Claim,
    Contest,
    Correction,
    Judgement,
    Measurement,
    Model,
    Plan,
    Release,
    Reply,
    Revision,
    Sighting,
    Snapshot,
    Source,
    VendorReply,
    Verdict,
)
from kb.tables.base import Table, get_columns, get_name

_OUT = text(OUT_OF_FORCE).columns(column("row_id"))
_SUPERSEDED = text(SUPERSEDED).columns(column("supersedes_id"))


def is_in_force(table: type[Table]) -> ColumnElement[bool]:
    """Return the condition that a row of `table` is in force."""
    return col(_get_id(table)).not_in(_OUT)


def is_superseded(by_id: Any) -> ColumnElement[bool]:
    """Return the condition that the revision or reading of this id is superseded."""
    return col(by_id).in_(_SUPERSEDED)


def read_revisions_in_force(session: Session) -> dict[str, Revision]:
    """Return the revision in force of each record file, by its name."""
    rows = session.exec(select(Revision).where(~is_superseded(Revision.id)))
    return {row.record: row for row in rows}


def is_published(table: type[Table]) -> ColumnElement[bool]:
    """Return the condition that readers get a row of `table`: in force, or something is on it.

    A claim or release that we tested ourselves, or that a vendor replied to, stays with its tests.
    """
    return _CONDITIONS[table]()


def read_unpublished(session: Session) -> dict[str, set[str]]:
    """Return by table the ids of the rows that readers don't get."""
    return {
        get_name(table): set(session.exec(select(_get_id(table)).where(~condition())))
        for table, condition in _CONDITIONS.items()
    }


def _is_claim_published() -> ColumnElement[bool]:
    return _or_under(Claim, Plan.claim_id, Contest.claim_id, VendorReply.claim_id)


def _is_release_published() -> ColumnElement[bool]:
    return _or_under(Release, Plan.release_id, Contest.challenger_id, Reply.release_id)


def _is_model_published() -> ColumnElement[bool]:
    claimed = select(Claim.model_id).where(_is_claim_published())
    released = select(Release.model_id).where(_is_release_published())
    measured = select(Measurement.model_id).where(is_in_force(Measurement))
    return or_(is_in_force(Model), *(col(Model.id).in_(k) for k in (claimed, released, measured)))


def _is_source_published() -> ColumnElement[bool]:
    fetched, released = select(Snapshot.source_id), select(Release.source_id)
    shown = released.where(_is_release_published())
    return or_(is_in_force(Source), *(col(Source.id).in_(known) for known in (fetched, shown)))


def _is_judgement_published() -> ColumnElement[bool]:
    sides = col(Judgement.left_id), col(Judgement.right_id)
    return and_(*(side.not_in(_OUT) for side in sides))


_CONDITIONS: dict[type[Table], Callable[[], ColumnElement[bool]]] = {
    Claim: _is_claim_published,
    Release: _is_release_published,
    Model: _is_model_published,
    Source: _is_source_published,
    Sighting: lambda: is_in_force(Sighting),
    Measurement: lambda: is_in_force(Measurement),
    Correction: lambda: is_in_force(Correction),
    Verdict: lambda: col(Verdict.claim_id).not_in(_OUT),
    Judgement: _is_judgement_published,
}


def _or_under(table: type[Table], *keys: Any) -> ColumnElement[bool]:
    """In force, or a row that is always in force leads to it by one of these columns."""
    known = (_get_id(table).in_(select(key).where(col(key).is_not(None))) for key in keys)
    return or_(is_in_force(table), *known)


def _get_id(table: type[Table]) -> Any:
    return next(column for column in get_columns(table) if column.name == "id")
