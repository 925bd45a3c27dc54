"""Named reads of what is reviewed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from kb.store.in_force import is_in_force
from kb.store.review.standing import Standing, StandingRows, make_standing
from kb.tables import Claim, Measurement, ReviewDecision, Sighting, Source

_IDS_AT_ONCE = 500


def read_standing(session: Session) -> Standing:
    """Return what stands by the decisions on record."""
    return make_standing(
        StandingRows(
            sightings=session.exec(select(Sighting).where(is_in_force(Sighting))).all(),
            results=session.exec(
                select(Measurement).where(
                    col(Measurement.extractor).is_not(None), is_in_force(Measurement)
                )
            ).all(),
            source_kinds=dict(session.exec(select(Source.id, Source.kind)).all()),
            decisions=read_decisions(session),
            find_claims=lambda ids: _read_claims(session, ids),
        )
    )


def read_decisions(session: Session, keys: Sequence[str] | None = None) -> list[ReviewDecision]:
    """Return the decisions on record, or those on some readings, oldest first."""
    order = col(ReviewDecision.decided_at), col(ReviewDecision.id)
    chosen = select(ReviewDecision).order_by(*order)
    if keys is not None and len(keys) <= _IDS_AT_ONCE:
        chosen = chosen.where(col(ReviewDecision.key).in_(keys))
    return list(session.exec(chosen))


def read_shown_claims(session: Session, model_id: str) -> list[Claim]:
    """Return the claims about a model that readers are shown, in the order of their ids."""
    hidden = read_standing(session).hidden_claims
    about = col(Claim.model_id) == model_id, is_in_force(Claim)
    chosen = select(Claim).where(*about).order_by(col(Claim.id))
    return [claim for claim in session.exec(chosen) if claim.id not in hidden]


def _read_claims(session: Session, ids: set[str]) -> Mapping[str, Any]:
    wanted = sorted(ids)
    found: dict[str, Claim] = {}
    for start in range(0, len(wanted), _IDS_AT_ONCE):
        chosen = select(Claim).where(col(Claim.id).in_(wanted[start : start + _IDS_AT_ONCE]))
        found |= {row.id: row for row in session.exec(chosen)}
    return found
