"""The table of groups in the published file: which claim stands for which."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from kb.domain.judgements import make_groups
from kb.store.judgements import make_fact

NAME = "claim_group"
COMMENT = "Which claim stands for which: claims of one group say the same in other words."
COLUMNS = {
    "claim_id": "Every claim.",
    "canonical_id": "The claim that stands for it; itself, if nobody says the same in other words.",
}


def make_claim_groups(claims: Sequence[Any], judgements: Sequence[Any]) -> pa.Table:
    """Return one row a claim, by the judgements in force."""
    seeds = {claim.id: claim.seed for claim in claims if claim.seed}
    groups = make_groups(map(make_fact, judgements), seeds)
    ids = [claim.id for claim in claims]
    canonical = [groups.get_canonical(each) for each in ids]
    return pa.table(
        {"claim_id": ids, "canonical_id": canonical},
        schema=pa.schema([("claim_id", pa.string()), ("canonical_id", pa.string())]),
    )
