"""The table of histories in the published file: what became of each claim in each source."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from kb.domain.in_force.judgements import Groups
from kb.store.claims.histories import make_histories
from kb.store.review.histories import drop_hidden, list_undenied
from kb.store.review.standing import Standing

NAME = "claim_history"
COMMENT = "What became of each claim in each source that was fetched: stands, edited, withdrawn."
COLUMNS = {
    "claim_id": "The claim that represents all that say the same thing in other words.",
    "source_id": "Where it was said.",
    "fate": "stands: the newest snapshot says it; edited: another claim appears there; withdrawn.",
    "first_id": "The first snapshot that says it.",
    "last_id": "The last snapshot that says it.",
    "gone_id": "The first snapshot that no longer says it.",
    "replaced_by": "The claim that appears there instead.",
}


def make_claim_histories(
    claims: Sequence[Any],
    sightings: Sequence[Any],
    snapshots: Sequence[Any],
    readings: Sequence[Any],
    groups: Groups,
    standing: Standing,
) -> pa.Table:
    """Return one row for each claim and source; `sightings` are all those on record."""
    said = list_undenied(sightings, standing)
    found = make_histories(claims, said, snapshots, readings, groups.get_canonical)
    rows = [vars(history) for history in drop_hidden(found, standing.hidden_claims)]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in COLUMNS]))
