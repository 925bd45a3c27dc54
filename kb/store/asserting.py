"""Rows that a revision or a reading asserts: put in, brought up to date, and told apart.

A row's id is made from what tells it from others; what else it says can change. It is as the
record in force says, else as the first current reading found it.
"""

from collections.abc import Callable, Collection, Iterable

from sqlmodel import Session, col, select

from kb.store.in_force import is_superseded
from kb.store.insert import insert_once, make_row
from kb.tables import Assertion
from kb.tables.base import Table

_BATCH = 400
Choose = Callable[[Collection[str]], Collection[str]]


def put_rows(session: Session, rows: Iterable[Table], choose: Choose = lambda ids: ids) -> int:
    """Insert rows; of those there already, bring up to date what `choose` picks; return how many.

    Only new rows are counted. The caller commits. Tables are filled in the order given.
    """
    added = 0
    by_table: dict[type[Table], dict[str, Table]] = {}
    for row in rows:
        by_table.setdefault(type(row), {}).setdefault(row.id, row)  # type: ignore[attr-defined]
    for table, wanted in by_table.items():
        new = insert_once(session, wanted.values())
        if new < len(wanted):
            _update(session, table, wanted, choose)
        added += new
    return added


def _update(session: Session, table: type[Table], wanted: dict[str, Table], choose: Choose) -> None:
    ids, key = sorted(wanted), col(table.id)  # type: ignore[attr-defined]
    for start in range(0, len(ids), _BATCH):
        stored = session.exec(select(table).where(key.in_(ids[start : start + _BATCH]))).all()
        other = {row.id: row for row in stored if row.model_dump() != wanted[row.id].model_dump()}  # type: ignore[attr-defined]
        for row_id in choose(other) if other else ():
            for name, value in wanted[row_id].model_dump().items():
                setattr(other[row_id], name, value)


def insert_assertions(session: Session, by_id: str, row_ids: Iterable[str]) -> None:
    """Note that a revision or reading asserts these rows; the caller commits."""
    insert_once(
        session, (make_row(Assertion, by_id=by_id, row_id=row_id) for row_id in sorted(row_ids))
    )


def read_asserted(session: Session, by_id: str) -> set[str]:
    """Return the ids of the rows that a revision or reading asserts."""
    return set(session.exec(select(Assertion.row_id).where(Assertion.by_id == by_id)))


def find_free(session: Session, row_ids: Collection[str], stale: Collection[str] = ()) -> set[str]:
    """Return which rows only superseded revisions and readings assert, or readings in `stale`.

    Rows that nothing asserts are not free: nobody knows better what they should say.
    """
    asserted: set[str] = set()
    held: set[str] = set()
    ids = sorted(row_ids)
    for start in range(0, len(ids), _BATCH):
        query = select(Assertion.row_id, Assertion.by_id, is_superseded(Assertion.by_id)).where(
            col(Assertion.row_id).in_(ids[start : start + _BATCH])
        )
        for row_id, by_id, is_old in session.exec(query):
            asserted.add(row_id)
            if not is_old and by_id not in stale:
                held.add(row_id)
    return asserted - held
