"""Search by meaning: the claims in the published file, nearest to a question first."""

from collections.abc import Callable

import streamlit as st

from dashboard.published import Edition, read_rows
from kb.domain.encoding import NamedEncoder
from kb.domain.errors import UserError

MakeEncoder = Callable[[], NamedEncoder]
LONGEST_QUESTION = 300
_ENCODERS = "select distinct encoder from claim_meaning"
_NEAREST = """
    select claim_id from claim_meaning
    order by array_inner_product(vector, cast(? as float[384])) desc, claim_id
"""


@st.cache_resource(show_spinner="Getting ready to search by meaning; this takes some seconds, once")
def hold_encoder(_make_encoder: MakeEncoder) -> NamedEncoder:
    """Return the one encoder of this server, loaded; nothing loads it before the first question."""
    encoder = _make_encoder()
    encoder.encode(["ready"])
    return encoder


def rank_by_meaning(edition: Edition, question: str, make_encoder: MakeEncoder) -> dict[str, int]:
    """Return the place of each claim, 0 for the nearest to the question.

    Raises UserError where the file holds no vectors, or those of another encoder.
    """
    known = {row["encoder"] for row in read_rows(edition, _ENCODERS)}
    if not known:
        raise UserError(
            "this edition was published without sentence embeddings; "
            "run `make setup` and `kb publish`"
        )
    encoder = hold_encoder(make_encoder)
    if known != {encoder.name}:
        raise UserError(
            f"this edition was encoded by {', '.join(sorted(known))}, and here is {encoder.name}; "
            "run `kb publish`"
        )
    (vector,) = encoder.encode([question[:LONGEST_QUESTION]])
    numbers = ",".join(f"{number:.6g}" for number in vector.tolist())
    rows = read_rows(edition, _NEAREST, f"[{numbers}]")
    return {row["claim_id"]: place for place, row in enumerate(rows)}
