"""Named reads of corrections."""

from typing import Any

from sqlmodel import Session, col, select

from kb.store.in_force import is_in_force
from kb.tables import Correction


def read_corrections(session: Session) -> list[dict[str, Any]]:
    """Return every correction in force, the latest first."""
    query = select(Correction).where(is_in_force(Correction))
    ordered = query.order_by(col(Correction.corrected_on).desc(), col(Correction.id))
    return [row.model_dump() for row in session.exec(ordered)]
