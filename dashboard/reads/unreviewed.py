"""What machines read and nobody has reviewed, in the published file."""

from dashboard.reads.published import Edition, Row, read_rows

_SEARCHED = "lower(concat_ws(' ', model, vendor, kind, metric, claimed_text, quote, publisher))"
_PLACE = """
    select n.archive_name, n.headers, n.fetched_at from snapshot n where n.id = ?
"""


def count_unreviewed(edition: Edition, text: str = "") -> int:
    """Return how many readings hold every word of a text."""
    where, values = _make_condition(text)
    query = f"select count(*) as n from unreviewed_reading where {where}"  # noqa: S608
    return int(read_rows(edition, query, *values)[0]["n"])


def read_unreviewed(edition: Edition, text: str = "", most: int | None = None) -> list[Row]:
    """Return the readings that hold every word of a text, document by document."""
    where, values = _make_condition(text)
    window = "" if most is None else f" limit {int(most)}"
    query = f"""select * from unreviewed_reading where {where}
        order by source_url, snapshot_id, quote_start nulls last, reading_id{window}"""  # noqa: S608
    return read_rows(edition, query, *values)


def find_snapshot(edition: Edition, snapshot_id: str) -> Row | None:
    """Return where the bytes of a reading are in the archive."""
    return next(iter(read_rows(edition, _PLACE, snapshot_id)), None)


def _make_condition(text: str) -> tuple[str, list[str]]:
    words = text.lower().split()
    return " and ".join(["true", *(f"contains({_SEARCHED}, ?)" for _ in words)]), words
