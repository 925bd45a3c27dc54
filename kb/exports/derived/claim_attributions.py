"""The table of attributions in the published file: whose figure a claim repeats."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from kb.store.claims.attributions import make_attributions

NAME = "claim_attribution"
COMMENT = "Claims whose figure was earned by a variant, not by the model they name."
COLUMNS = {
    "claim_id": "The claim.",
    "model_id": "The model that earned the figure.",
    "measurement_id": "The result that shows it.",
    "reason": "Why, in a few words.",
}


def make_claim_attributions(
    claims: Sequence[Any], measurements: Sequence[Any], models: Sequence[Any]
) -> pa.Table:
    """Return one row a claim whose figure is another model's."""
    found = sorted(make_attributions(claims, measurements, models).items())
    rows = [{"claim_id": claim_id, **vars(attribution)} for claim_id, attribution in found]
    return pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in COLUMNS]))
