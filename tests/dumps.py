"""Ordered dumps of a knowledge base, for comparing end states."""

from sqlmodel import Session

from kb.store.database import open_session
from kb.store.reads import read_all
from kb.tables import TABLES

_OF_THE_MOMENT = ("duration_ms", "as_of")


def dump(url: str) -> dict[str, list[dict]]:
    """Every row of every table in order, without times of day and durations."""
    with open_session(url) as session:
        return {table.__table__.name: _dump_table(session, table) for table in TABLES}


def _dump_table(session: Session, table) -> list[dict]:
    return [
        {
            name: value
            for name, value in row.model_dump().items()
            if not name.endswith("_at") and name not in _OF_THE_MOMENT
        }
        for row in read_all(session, table)
    ]
