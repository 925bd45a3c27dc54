"""Families of models, and the claims about one family."""

from dashboard.reads.claims import CLAIMS, ORDERED
from dashboard.reads.published import Edition, Row, read_rows

_ROOTS = """
    with recursive member(id, root) as (
        select id, id from model
        where variant_of is null or variant_of not in (select id from model)
        union all
        select m.id, k.root from model m join member k on m.variant_of = k.id
    )
    select id, root from member
"""


def read_roots(edition: Edition) -> dict[str, str]:
    """The family of each model: the model that it is, in the end, a variant of."""
    return {row["id"]: row["root"] for row in read_rows(edition, _ROOTS)}


def read_family_claims(edition: Edition, claim: Row, roots: dict[str, str]) -> list[Row]:
    """Claims of the same type on models of the same family, this one among them."""
    root = roots.get(claim["model_id"], claim["model_id"])
    members = [model_id for model_id, other in roots.items() if other == root]
    chosen = " where v.claim_type = ? and v.model_id in (select unnest(?))"
    return read_rows(edition, CLAIMS + chosen + ORDERED, claim["claim_type"], tuple(members))
