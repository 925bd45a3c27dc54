"""The published file, read-only: the one module that opens it, but for strangers' SQL.

Each read opens the file, reads and closes it, and a page keeps it open while it is made; no lock
outlives a page and no writer is waited on. An edition never changes once it is published, so its
reads are remembered; when the link points at another file, `find_edition` says so and the next
reads go there.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from dashboard.reads.queries import (
    CLAIM_BATTLES,
    CLAIMS,
    MEASUREMENTS,
    MODEL_BATTLES,
    ONE_CLAIM,
    ORDERED,
    RATING_SERIES,
    SIGHTINGS,
)
from kb.domain.errors import UserError

Row = dict[str, Any]
Value = str | tuple[str, ...]  # of a query; several stand for a list
_JSON_COLUMNS = frozenset(
    ("conditions", "aliases", "not_the_same_as", "facts", "parameters", "settings", "numbers",
     "headers", "about_value", "expected", "verdicts")
)  # fmt: skip


@dataclass(frozen=True)
class Edition:
    """One published file: where it lies now, and what tells it from another."""

    path: Path
    stamp: tuple[int, int, int]


def find_edition(link: Path) -> Edition:
    """Return the file that `link` points at; raise UserError when there is none."""
    try:
        path = link.resolve(strict=True)
        status = path.stat()
    except OSError:
        raise UserError(
            f"nothing is published at {link}; run `kb run` (everything) or `kb publish` first"
        ) from None
    return Edition(path, (status.st_ino, status.st_mtime_ns, status.st_size))


@contextmanager
def keep_open(link: Path) -> Iterator[None]:
    """Keep the file that `link` points at open: reads meanwhile need not read its catalogue.

    A plain file in the link's place may be replaced by another, and is not held: DuckDB would
    go on with the old one as long as anybody has it open.
    """
    with ExitStack() as stack:
        if not link.is_symlink():
            yield
            return
        with suppress(UserError, duckdb.IOException):  # reads tell of it in their own words
            stack.enter_context(_open(find_edition(link)))
        yield


def read_about(edition: Edition) -> Row:
    """What this edition is: schema version, data date, digest, number of rows by table."""
    rows = read_rows(edition, "select key, value as about_value from about")
    return {row["key"]: row["about_value"] for row in rows}


def read_vendor_claims(edition: Edition, vendor: str) -> list[Row]:
    """The claims about a vendor's models beside verdict and finding; what was tested first."""
    return read_rows(edition, CLAIMS + " where v.vendor = ?" + ORDERED, vendor)


def read_promises(edition: Edition) -> list[Row]:
    """The claims that promise something for later."""
    chosen = " where json_extract(v.conditions, '$.promised') = 'true'"
    return read_rows(edition, CLAIMS + chosen + ORDERED)


def read_model_claims(edition: Edition, model_id: str) -> list[Row]:
    """The claims about a model, and those whose figure it earned."""
    chosen = " where ? in (v.model_id, v.figure_of_id)"
    return read_rows(edition, CLAIMS + chosen + ORDERED, model_id)


def read_claim(edition: Edition, key: str) -> Row | None:
    """One claim by its id or its number in the founding list; None if there is none.

    The id of a claim that says the same in other words leads to the one that stands for it.
    """
    return next(iter(read_rows(edition, CLAIMS + ONE_CLAIM, key, key)), None)


def read_sightings(edition: Edition, claim_id: str) -> list[Row]:
    """Where a claim was seen, in whatever words, with the source and the snapshot, oldest first."""
    return read_rows(edition, SIGHTINGS, claim_id)


def read_changes(edition: Edition, claim_id: str) -> list[Row]:
    """Sources that said a claim once and no longer do, newest change first."""
    return read_rows(edition, "select * from claim_changes where claim_id = ?", claim_id)


def read_vendor_replies(edition: Edition, claim_id: str) -> list[Row]:
    """What vendors answered to a claim, in whatever words it was said, oldest first."""
    return read_rows(
        edition,
        """select * from vendor_reply
        where claim_id in (select member_id from same_claims where claim_id = ?)
        order by coalesce(said_on, cast(accepted_at as date)), id""",
        claim_id,
    )


def read_measurements(edition: Edition, claim_id: str) -> list[Row]:
    """All that bears on a claim: what its verdict rests on, what its plans gave, what others say.

    `in_verdict` tells the first kind; those come first.
    """
    return read_rows(
        edition,
        MEASUREMENTS,
        claim_id,
    )


def read_curve(edition: Edition, claim_id: str) -> list[Row]:
    """Score against prompt length, for each plan of a claim."""
    return read_rows(
        edition,
        """select * from context_curve
        where claim_id in (select member_id from same_claims where claim_id = ?)""",
        claim_id,
    )


def read_depths(edition: Edition, claim_id: str) -> list[Row]:
    """Score by prompt length and place of the answer, for each plan of a claim."""
    return read_rows(
        edition,
        """select * from depth_map
        where claim_id in (select member_id from same_claims where claim_id = ?)""",
        claim_id,
    )


def read_trials(edition: Edition, claim_id: str) -> list[Row]:
    """Every question that was asked for a claim, and the raw answer."""
    return read_rows(
        edition,
        """select t.* from trial t join plan p on p.id = t.plan_id
        where p.claim_id in (select member_id from same_claims where claim_id = ?)
        order by t.context_tokens, t.depth, t.item""",
        claim_id,
    )


def read_rating_series(edition: Edition, claim: Row) -> list[Row]:
    """Ratings of the models that a claim of a rating is about, by board and day."""
    if claim["claim_type"] not in ("elo", "variant"):
        return []
    return read_rows(edition, RATING_SERIES, claim["claim_id"])


def read_battles(edition: Edition, claim_id: str) -> list[Row]:
    """Battles that were fought to test a claim, with both answers."""
    return read_rows(edition, CLAIM_BATTLES, claim_id)


def read_model_battles(edition: Edition, model_id: str) -> list[Row]:
    """Battles in which a model took part, with both answers."""
    return read_rows(edition, MODEL_BATTLES, model_id, model_id)


def read_history(edition: Edition, claim_id: str) -> list[Row]:
    """All verdicts on a claim, newest first."""
    query = "select * from verdict where claim_id = ? order by judged_at desc, id"
    return read_rows(edition, query, claim_id)


def read_models(edition: Edition) -> list[Row]:
    """Every model, who says whether it can be had, and how much is on record about it."""
    return read_rows(
        edition,
        """select m.*, o.url as availability_url, o.title as availability_title,
            (select count(*) from claim c where c.model_id = m.id) as claims,
            (select count(*) from release r where r.model_id = m.id) as releases,
            (select count(*) from measurement x where x.model_id = m.id) as measurements
        from model m left join source o on o.id = m.availability_source_id
        order by lower(m.vendor), lower(m.name)""",
    )


def read_licence_terms(edition: Edition) -> list[Row]:
    """What was read in licences, and reported of them, by model, with the text's address."""
    return read_rows(
        edition,
        """select x.*, m.name as model, m.vendor, o.url, o.title, o.publisher
        from measurement x join model m on m.id = x.model_id
        left join source o on o.id = x.source_id
        where x.metric like 'license\\_%' escape '\\' or x.metric = 'use_policy_text'
        order by lower(m.vendor), lower(m.name), m.id, x.metric, o.url, x.locator, x.id""",
    )


def read_releases(edition: Edition, model_id: str) -> list[Row]:
    """What can be downloaded of a model."""
    return read_rows(
        edition,
        """select r.*, o.url, o.title, o.publisher from release r
        join source o on o.id = r.source_id where r.model_id = ?
        order by r.published_on nulls last, r.repository""",
        model_id,
    )


def read_model_measurements(edition: Edition, model_id: str) -> list[Row]:
    """What was measured of a model, by anybody."""
    return read_rows(
        edition,
        """select x.*, o.url, o.title, o.publisher from measurement x
        left join source o on o.id = x.source_id where x.model_id = ?
        order by x.metric, cast(json_extract(x.conditions, '$.context_tokens') as bigint),
            x.as_of, x.id""",
        model_id,
    )


def read_sources(edition: Edition) -> list[Row]:
    """Every source, with how many claims stand there and how often it was fetched."""
    return read_rows(
        edition,
        """select o.*,
            (select count(*) from sighting s where s.source_id = o.id) as sightings,
            (select count(*) from measurement x where x.source_id = o.id) as results,
            (select count(*) from snapshot n where n.source_id = o.id) as snapshots
        from source o order by lower(o.publisher), o.url""",
    )


def read_snapshots(edition: Edition) -> list[Row]:
    """Every snapshot with its source, newest first."""
    return read_rows(
        edition,
        """select n.*, o.url, o.publisher, o.title from snapshot n
        join source o on o.id = n.source_id order by n.fetched_at desc, n.id""",
    )


def read_rows(edition: Edition, query: str, *values: Value) -> list[Row]:
    """The rows of a query, as dictionaries; the long queries have modules of their own."""
    return [dict(row) for row in _read_once(edition, query, values)]


def read_afresh(edition: Edition, query: str, *values: Value) -> list[Row]:
    """As `read_rows`, and not remembered: for what is long and asked for seldom."""
    return list(_read(edition, query, values))


@lru_cache(maxsize=256)
def _read_once(edition: Edition, query: str, values: tuple[Value, ...]) -> tuple[Row, ...]:
    return _read(edition, query, values)


def _read(edition: Edition, query: str, values: tuple[Value, ...]) -> tuple[Row, ...]:
    try:
        with _open(edition) as connection:
            table = connection.sql(query, params=list(values)).to_arrow_table()
    except duckdb.IOException as error:
        raise UserError(f"the published file cannot be read just now: {error}") from error
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise UserError(
            f"the published file was made by another version; run `kb publish` ({error})"
        ) from error
    return tuple({k: _as_value(k, v) for k, v in row.items()} for row in table.to_pylist())


def _open(edition: Edition) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(edition.path), read_only=True)


def _as_value(column: str, value: Any) -> Any:
    if column in _JSON_COLUMNS and isinstance(value, str):
        return json.loads(value)
    if isinstance(value, datetime):  # the file's times are UTC, with the zone or without
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    return value
