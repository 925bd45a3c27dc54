"""Sightings as reviewed, and what became of claims where nothing unreviewed is told of.

A snapshot in which nobody has reviewed the claim yet still says it: whether it was withdrawn is
asked of all that machines read and nobody rejected.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from kb.domain.in_force.histories import History
from kb.domain.review.states import ReviewState
from kb.store.review.standing import Standing
from kb.tables import Sighting


def list_undenied(sightings: Iterable[Any], standing: Standing) -> Iterator[Any]:
    """Yield the sightings that nobody rejected, each with the claim that it is one of."""
    for row in sightings:
        review = standing.get_review(row.id)
        if review is None or review.state is not ReviewState.REJECTED:
            yield place_sighting(row, standing)


def place_sighting(row: Any, standing: Standing) -> Any:
    """Return a sighting with the claim that it is one of; a mended one is a copy."""
    claim_id = standing.find_claim_id(row)
    if claim_id == row.claim_id:
        return row
    return Sighting.model_validate({**_dump(row), "claim_id": claim_id})


def drop_hidden(histories: Iterable[History], hidden: frozenset[str]) -> list[History]:
    """Return the histories of shown claims; not those that lead to an unreviewed one."""
    return [
        history
        for history in histories
        if history.claim_id not in hidden and history.replaced_by not in hidden
    ]


def _dump(row: Any) -> dict[str, Any]:
    return row.model_dump() if isinstance(row, Sighting) else vars(row)
