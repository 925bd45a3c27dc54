"""Ratings over time, and battles with both answers."""

from dashboard.reads.published import Edition, Row, read_rows

# Of the model that the claim is about, and of those that its verdict tells it apart from.
_RATING_SERIES = """
    select s.* from rating_series s join claim c on c.id = ?
    where s.board = coalesce(json_extract_string(c.conditions, '$.board'), s.board)
        and (s.model_id = c.model_id or s.model_id in (
            select x.model_id from current_verdicts v
            join verdict_evidence ve on ve.verdict_id = v.id
            join measurement x on x.id = ve.measurement_id where v.claim_id = c.id))
    order by s.board, s.as_of, s.model_id
"""

_CLAIM_BATTLES = """
    select * from battles
    where claim_id in (select member_id from same_claims where claim_id = ?)
    order by contest_id, battle_id
"""

_MODEL_BATTLES = """
    select * from battles where challenger_id = ? or opponent_id = ?
    order by contest_id, battle_id
"""


def read_rating_series(edition: Edition, claim: Row) -> list[Row]:
    """Ratings of the models that a claim of a rating is about, by board and day."""
    if claim["claim_type"] not in ("elo", "variant"):
        return []
    return read_rows(edition, _RATING_SERIES, claim["claim_id"])


def read_battles(edition: Edition, claim_id: str) -> list[Row]:
    """Battles that were fought to test a claim, with both answers."""
    return read_rows(edition, _CLAIM_BATTLES, claim_id)


def read_model_battles(edition: Edition, model_id: str) -> list[Row]:
    """Battles in which a model took part, with both answers."""
    return read_rows(edition, _MODEL_BATTLES, model_id, model_id)
