"""Which model's figure each claim repeats, from the rows of claims, measurements and models."""

from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from kb.models.attributions import RATED, Attribution, Kin, Rating, make_boards
from kb.store.in_force import is_in_force
from kb.tables import Claim, Measurement, Model


def make_attributions(
    claims: Iterable[Claim], measurements: Iterable[Measurement], models: Iterable[Model]
) -> dict[str, Attribution]:
    """Return by claim whose figure it repeats, where that is not the model it was said of."""
    boards = make_boards(
        (
            Rating(
                row.id, row.model_id, row.value, row.conditions.get("board"), row.as_of,
                row.low, row.high,
            )
            for row in measurements
            if row.metric == RATED and row.value is not None
        ),
        (Kin(row.id, row.name, row.vendor, row.variant_of) for row in models),
    )  # fmt: skip
    found = (
        (claim.id, boards.find_bearer(claim.model_id, claim.claimed_value, _get_board(claim)))
        for claim in claims
        if claim.claim_type == RATED and claim.claimed_value is not None
    )
    return {claim_id: attribution for claim_id, attribution in found if attribution is not None}


def _get_board(claim: Claim) -> str | None:
    board = claim.conditions.get("board")
    return None if board is None else str(board)


def read_attributions(session: Session, hidden: Collection[str] = ()) -> dict[str, Attribution]:
    """Return by claim whose figure it repeats, where that is not the model it was said of.

    `hidden` results are none.
    """
    rated = Claim.claim_type == RATED, is_in_force(Claim)
    claims = session.exec(select(Claim).where(*rated)).all()
    if not claims:
        return {}
    rating = Measurement.metric == RATED, is_in_force(Measurement)
    ratings = session.exec(select(Measurement).where(*rating))
    known = [row for row in ratings if row.id not in hidden]
    models = select(Model).where(is_in_force(Model)).order_by(col(Model.id))
    return make_attributions(claims, known, session.exec(models))
