"""Corrections in the published file: all of them, those of one page, and where an old id leads."""

from dashboard.reads.published import Edition, Row, read_rows
from kb.domain.in_force.corrections import WITHDRAWN, find_successor, list_told

_ALL = """
    select c.*, m.name as model, m.vendor from correction c join model m on m.id = c.model_id
    order by c.corrected_on desc, c.id
"""


def read_corrections(edition: Edition) -> list[Row]:
    """Every correction to tell of, the latest first."""
    return [dict(row) for row in list_told(read_rows(edition, _ALL))]


def read_page_corrections(edition: Edition, page_id: str) -> list[Row]:
    """The corrections that are told on the page of a model, or of a claim in any wording."""
    query = """select * from correction where about_id = ? or about_id in (
        select member_id from same_claims where claim_id = ?) order by corrected_on desc, id"""
    return read_rows(edition, query, page_id, page_id)


def find_new_id(edition: Edition, old_id: str) -> str | None:
    """The id that took the place of an old one; None if there is none."""
    return find_successor(old_id, read_rows(edition, _ALL))


def read_withdrawal(edition: Edition, old_id: str) -> Row | None:
    """The note on a claim that we took back; None if it is not such a claim."""
    rows = read_rows(edition, _ALL)
    found = (row for row in rows if (row["kind"], row["old_id"]) == (WITHDRAWN, old_id))
    return next(found, None)
