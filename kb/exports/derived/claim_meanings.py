"""The table of meanings in the published file: each claim's words as a vector, to search by."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from kb.domain.claim_types import find_claim_type
from kb.domain.encoding import Encoder, NamedEncoder
from kb.domain.in_force.judgements import Groups

NAME = "claim_meaning"
COMMENT = (
    "The wording of each claim as a vector of length 1, for search by meaning; empty where the "
    "file was published without sentence embeddings. The closer the dot product of two is to "
    "1, the nearer their meaning."
)
COLUMNS = {
    "claim_id": "The claim that represents all that say the same thing in other words.",
    "wording": "What was encoded: model, aliases, vendor, type of claim, claim, question.",
    "encoder": "The model that encoded it, with the start of the SHA-256 of its weights.",
    "vector": "The vector; its dot product with a question's vector says how near the two are.",
}
WIDTH = 384
_WORDS = pa.schema([(name, pa.string()) for name in ("claim_id", "wording", "encoder")])
_VECTOR = pa.list_(pa.float32(), WIDTH)


def make_claim_meanings(
    claims: Sequence[Any], models: Sequence[Any], groups: Groups, encoder: NamedEncoder | None
) -> pa.Table:
    """Return the wordings, one per claim; none without an encoder.

    Vectors are added when the file is written: they follow from wording and encoder, so the
    digest of an edition needs no model to be loaded, and does not hang on a machine's rounding.
    """
    if encoder is None:
        return pa.Table.from_pylist([], schema=_WORDS)
    by_id = {model.id: model for model in models}
    rows = [
        {
            "claim_id": claim.id,
            "wording": word_claim(claim, by_id[claim.model_id]),
            "encoder": encoder.name,
        }
        for claim in claims
        if groups.get_canonical(claim.id) == claim.id
    ]
    return pa.Table.from_pylist(rows, schema=_WORDS)


def word_claim(claim: Any, model: Any) -> str:
    """Return all that a reader may search a claim by, in one piece of text."""
    kind = find_claim_type(claim.claim_type)
    aliases = f" ({', '.join(model.aliases)})" if model.aliases else ""
    about = f"{kind.label}, {claim.metric.replace('_', ' ')}" if claim.metric else kind.label
    return f"{model.name}{aliases} by {model.vendor}. {about}: {claim.claimed_text}. {kind.asks}"


def add_vectors(wordings: pa.Table, encoder: Encoder | None) -> pa.Table:
    """Return the table with the vector of each wording."""
    texts = wordings["wording"].to_pylist()
    flat = pa.array([], pa.float32())
    if texts and encoder is not None:
        flat = pa.array(encoder.encode(texts).reshape(-1), pa.float32())
    vectors = pa.FixedSizeListArray.from_arrays(flat, WIDTH)
    return wordings.append_column(pa.field("vector", _VECTOR), vectors)
