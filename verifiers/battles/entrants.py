"""Who meets whom: releases whose weights are here, their known ratings, the claim to be tested."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.domain.errors import UserError
from kb.settings import Settings
from kb.store.home.local_weights import LocalWeights, find_local_weights
from kb.store.in_force import is_in_force
from kb.store.review.reads import read_shown_claims, read_standing
from kb.tables import Claim, Measurement, Model, Release


@dataclass(frozen=True)
class Entrant:
    """A release with its weights, and its rating on the board where it has one."""

    release: Release
    name: str
    local: LocalWeights
    points: float | None = None


def find_entrant(
    session: Session, settings: Settings, key: str, board: str | None = None
) -> Entrant:
    """Return the one release here whose model, id or repository is `key`.

    Raises UserError where there is none, or more than one.
    """
    found = []
    releases = select(Release).where(is_in_force(Release)).order_by(col(Release.id))
    for release in session.exec(releases):
        local = find_local_weights(settings.home, release.id)
        model = session.get_one(Model, release.model_id)
        names = {release.id, release.repository.lower(), model.id, model.name.lower()}
        if local is not None and key.lower() in names:
            found.append((release, model, local))
    if len(found) != 1:
        known = ", ".join(_list_names(session, settings)) or "none; `kb crawl` finds them"
        many = "no release" if not found else f"{len(found)} releases"
        raise UserError(f"{many} called {key!r} with weights on this machine; there are {known}")
    release, model, local = found[0]
    return Entrant(release, model.name, local, _find_points(session, model.id, board))


def _list_names(session: Session, settings: Settings) -> list[str]:
    return sorted(
        session.get_one(Model, release.model_id).id
        for release in session.exec(select(Release).where(is_in_force(Release)))
        if find_local_weights(settings.home, release.id) is not None
    )


def _find_points(session: Session, model_id: str, board: str | None) -> float | None:
    """The newest rating of a model on a board."""
    if board is None:
        return None
    rows = session.exec(
        select(Measurement).where(
            col(Measurement.model_id) == model_id,
            col(Measurement.metric) == "elo",
            is_in_force(Measurement),
        )
    )
    hidden = read_standing(session).hidden_results
    rated = [
        row
        for row in rows
        if row.conditions.get("board") == board and row.value is not None and row.id not in hidden
    ]
    newest = max(rated, key=lambda row: (row.as_of or "", row.id), default=None)
    return None if newest is None else newest.value


def find_claim(session: Session, model_id: str, key: str | None) -> Claim | None:
    """Return the named rating claim about a model, or its only one, or None.

    Raises UserError where the named one is no rating claim of it, or where several need a name.
    """
    claims = [
        claim
        for claim in read_shown_claims(session, model_id)
        if claim.claim_type == "elo" and claim.claimed_value is not None
    ]
    if key is not None:
        claims = [claim for claim in claims if key in (claim.id, claim.seed)]
        if not claims:
            raise UserError(f"{key} is no claim of a rating about {model_id}; see `kb claims`")
    if len(claims) > 1:
        names = ", ".join(claim.id for claim in claims)
        raise UserError(f"several ratings are claimed for {model_id}; choose one of {names}")
    return claims[0] if claims else None
