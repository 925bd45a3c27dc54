"""The table of groups in the published file: which claim stands for which."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from kb.domain.judgements import Groups

NAME = "claim_group"
COMMENT = "Which claim stands for which: claims of one group say the same in other words."
COLUMNS = {
    "claim_id": "Every claim.",
    "canonical_id": "The claim that stands for it; itself, if nobody says the same in other words.",
}


def make_claim_groups(claims: Sequence[Any], groups: Groups) -> pa.Table:
    """Return one row a claim."""
    ids = [claim.id for claim in claims]
    canonical = [groups.get_canonical(each) for each in ids]
    return pa.table(
        {"claim_id": ids, "canonical_id": canonical},
        schema=pa.schema([("claim_id", pa.string()), ("canonical_id", pa.string())]),
    )
