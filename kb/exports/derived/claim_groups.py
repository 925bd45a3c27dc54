"""The table of groups in the published file: which claim represents which."""

import pyarrow as pa

from kb.domain.in_force.judgements import Groups

NAME = "claim_group"
COMMENT = "Which claim represents which: the claims of a group say the same thing in other words."
COLUMNS = {
    "claim_id": "Every claim.",
    "canonical_id": "The claim that represents it; itself, if no other says the same thing.",
}


def make_claim_groups(claim_ids: pa.ChunkedArray, groups: Groups) -> pa.Table:
    """Return one row a claim."""
    canonical = claim_ids
    if groups.canonical:
        found = [groups.get_canonical(claim_id) for claim_id in claim_ids.to_pylist()]
        canonical = pa.array(found, pa.string())
    return pa.table({"claim_id": claim_ids, "canonical_id": canonical})
