"""Claims in the published file, each beside its verdict and what was found.

A claim stands for all that say the same in other words (the view `same_claims`).
"""

from dashboard.reads.published import Edition, Row, read_rows

CLAIMS = "select v.* from claims_vs_reality v"

# What was tested comes first, then what is on the founding list.
ORDERED = """
    order by coalesce(v.basis, 'none') = 'none', v.seed nulls last, lower(v.vendor),
        lower(v.model), v.claim_type, v.metric, v.claimed_text, v.claim_id
"""

# Nobody's: questions of ours, and what stands in a release's own files.
_COUNTED = "v.said_as not in ('question', 'release')"

_ONE_CLAIM = """
    where v.claim_id in (select member_id from same_claims where claim_id = ?)
        or upper(v.seed) = upper(?)
"""


def read_claim(edition: Edition, key: str) -> Row | None:
    """One claim by its id or its number in the founding list; None if there is none.

    The id of a claim that says the same in other words leads to the one that stands for it.
    """
    return next(iter(read_rows(edition, CLAIMS + _ONE_CLAIM, key, key)), None)


def read_claims_by(edition: Edition, maker: str) -> list[Row]:
    """The claims that an organisation makes, beside verdict and finding; what was tested first."""
    return read_rows(edition, f"{CLAIMS} where v.maker = ? and {_COUNTED}{ORDERED}", maker)


def read_claims_by_others(edition: Edition, vendor: str) -> list[Row]:
    """The claims about a vendor's models that it is not charged with: others' words, questions."""
    chosen = f" where v.vendor = ? and not (v.maker = v.vendor and {_COUNTED})"
    return read_rows(edition, CLAIMS + chosen + ORDERED, vendor)


def read_model_claims(edition: Edition, model_id: str) -> list[Row]:
    """The claims about a model, and those whose figure it earned."""
    chosen = " where ? in (v.model_id, v.figure_of_id)"
    return read_rows(edition, CLAIMS + chosen + ORDERED, model_id)


def read_promises(edition: Edition) -> list[Row]:
    """The claims that promise something for later."""
    chosen = " where json_extract(v.conditions, '$.promised') = 'true'"
    return read_rows(edition, CLAIMS + chosen + ORDERED)


def read_history(edition: Edition, claim_id: str) -> list[Row]:
    """All verdicts on a claim, newest first."""
    query = "select * from verdict where claim_id = ? order by judged_at desc, id"
    return read_rows(edition, query, claim_id)
