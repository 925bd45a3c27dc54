"""A reader's question as a vector, made by the encoder that the edition was published with."""

from collections.abc import Callable

import streamlit as st

from dashboard.reads.published import Edition, read_rows
from kb.domain.encoding import NamedEncoder
from kb.domain.errors import UserError

MakeEncoder = Callable[[], NamedEncoder]
LONGEST_QUESTION = 300
_PROVIDED: list[MakeEncoder] = []
_ENCODERS = "select distinct encoder from claim_meaning"


@st.cache_resource(
    show_spinner="Loading search by meaning. The first time, this takes a few seconds."
)
def hold_encoder(_make_encoder: MakeEncoder) -> NamedEncoder:
    """Return the one encoder of this server, loaded; nothing loads it before the first question."""
    encoder = _make_encoder()
    encoder.encode(["ready"])
    return encoder


def provide_encoder(make_encoder: MakeEncoder) -> None:
    """Say how an encoder is made. Pages know that there is one; what Streamlit runs knows which."""
    _PROVIDED[:] = [make_encoder]


def get_encoder_maker() -> MakeEncoder:
    """Return what makes an encoder; raise UserError where none was provided."""
    if not _PROVIDED:
        raise UserError("this server was started without sentence embeddings")
    return _PROVIDED[0]


def encode_question(edition: Edition, question: str, make_encoder: MakeEncoder) -> str:
    """Return the vector of a question, as DuckDB reads one.

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
    return f"[{','.join(f'{number:.6g}' for number in vector.tolist())}]"
