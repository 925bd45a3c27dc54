"""Search of claims in the published file: filters, words and vectors become one query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.reads.claims import ORDERED
from dashboard.reads.published import Edition, Row, read_afresh, read_rows
from dashboard.wording.outcome_marks import MARKS, find_mark
from dashboard.wording.words import name_metric, name_type
from kb.text.plain_text import show_hidden

_COLUMNS = {"vendor": "vendor", "outcome": "outcome", "type": "claim_type", "model": "model"}
_SEARCHED = ("claimed_text", "model", "subject_text", "vendor", "said_by", "explanation", "seed")
_ALL_TEXT = f"lower(concat_ws(' ', {', '.join(f'v.{name}' for name in _SEARCHED)}))"
_LABELS: dict[str, Callable[[Any], str]] = {
    "vendor": show_hidden,
    "outcome": lambda outcome: find_mark(outcome).word,
    "type": name_type,
    "model": show_hidden,
}


@dataclass(frozen=True)
class Filters:
    """What to keep, in the words that the reader chose; an empty field keeps everything."""

    text: str = ""
    vendor: Sequence[str] = ()
    outcome: Sequence[str] = ()
    type: Sequence[str] = ()
    model: Sequence[str] = ()


def list_options(edition: Edition, name: str) -> list[str]:
    """Return what there is to choose from for one filter, as readers see it."""
    present = {_LABELS[name](value) for value in _read_values(edition, _COLUMNS[name])}
    if name == "outcome":
        return [mark.word for mark in MARKS if mark.word in present]
    return sorted(present, key=str.lower)


def count_claims(edition: Edition, filters: Filters) -> int:
    """Return how many claims match every filter; each word of the text must occur."""
    where, values = _make_condition(edition, filters)
    query = f"select count(*) as n from claims_vs_reality v where {where}"  # noqa: S608
    return int(read_rows(edition, query, *values)[0]["n"])


def read_matching(
    edition: Edition, filters: Filters, most: int | None = None, skip: int = 0
) -> list[Row]:
    """Return the claims that match, what was tested first; `most` of them, after `skip`."""
    read = read_afresh if most is None else read_rows
    where, values = _make_condition(edition, filters)
    window = "" if most is None else f" limit {int(most)} offset {int(skip)}"
    query = f"select v.* from claims_vs_reality v where {where} {ORDERED}{window}"  # noqa: S608
    return read(edition, query, *values)


def read_nearest(edition: Edition, filters: Filters, vector: str, most: int) -> list[Row]:
    """Return the claims that match and whose words are nearest to a vector, nearest first."""
    where, values = _make_condition(edition, filters)
    query = f"""
        with near as (
            select n.claim_id, array_inner_product(n.vector, cast(? as float[384])) as nearness
            from claim_meaning n
            where n.claim_id in (select v.claim_id from claims_vs_reality v where {where})
            order by nearness desc, n.claim_id limit {int(most)}
        )
        select v.* from near join claims_vs_reality v on v.claim_id = near.claim_id
        order by near.nearness desc, v.claim_id"""  # noqa: S608 (our own words)
    return read_rows(edition, query, vector, *values)


def _make_condition(edition: Edition, filters: Filters) -> tuple[str, list[str]]:
    """The condition in SQL; what the reader wrote goes in as values, never as SQL."""
    parts, values = ["true"], list[str]()
    for name, column in _COLUMNS.items():
        if chosen := set(getattr(filters, name)):
            present = _read_values(edition, column)
            fitting = [value for value in present if _LABELS[name](value) in chosen]
            parts.append(_make_choice(column, fitting, values))
    for word in filters.text.lower().split():
        values.append(word)
        named = [
            _make_choice(column, _find_named(edition, column, word), values)
            for column in ("claim_type", "metric")
        ]
        parts.append(f"(contains({_ALL_TEXT}, ?) or {' or '.join(named)})")
    return " and ".join(parts), values


def _make_choice(column: str, fitting: Sequence[str | None], values: list[str]) -> str:
    known = [value for value in fitting if value is not None]
    values += known
    marks = ", ".join("?" for _ in known)
    chosen = f"v.{column} in ({marks})" if known else "false"
    return f"({chosen} or v.{column} is null)" if None in fitting else chosen


def _find_named(edition: Edition, column: str, word: str) -> list[str]:
    """The types or metrics whose name for readers holds a word."""
    name = name_type if column == "claim_type" else name_metric
    known = [value for value in _read_values(edition, column) if value is not None]
    return [value for value in known if word in name(value).lower()]


def _read_values(edition: Edition, column: str) -> list[str | None]:
    query = f"select distinct {column} as value from claims_vs_reality order by all"  # noqa: S608
    return [row["value"] for row in read_rows(edition, query)]
