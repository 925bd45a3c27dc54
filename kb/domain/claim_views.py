"""A claim as people and programs are shown it: one object, made from plain rows.

`kb claims --json` makes it from the database and the dashboard from the published file. Both hand
in rows as they stand in the tables; which keys there are, and in what order, is decided here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
View = dict[str, Any]

# Key of the view: column of the row.
_CLAIM = {
    "metric": "metric", "said_by": "said_by", "maker": "maker", "said_as": "said_as",
    "is_vendors_claim": "is_vendors_claim", "question": "question",
    "claimed_text": "claimed_text", "claimed_value": "claimed_value", "unit": "unit",
    "conditions": "conditions",
}  # fmt: skip
_VERDICT = {"outcome": "outcome", "basis": "basis", "explanation": "explanation", "rule": "rule"}
_SIGHTING = {
    "source_url": "source_url", "publisher": "publisher", "said_by": "said_by",
    "attributed_to": "attributed_to", "attributed_org": "attributed_org",
    "attribution": "attribution", "attribution_words": "attribution_words",
    "figure_of": "figure_of", "disputes": "disputes", "note": "note", "said_at": "said_on",
    "quote": "quote", "locator": "locator", "snapshot": "snapshot_id", "review": "review",
}  # fmt: skip
_MEASUREMENT = (
    "id", "metric", "value", "low", "high", "text", "unit", "n", "n_unit", "rank", "basis",
    "evidence", "conditions", "reported_by", "as_of", "source_url",
)  # fmt: skip
_CHANGE = (
    "source_url", "claim_id", "source_id", "fate", "first_id", "last_id", "gone_id", "replaced_by",
)  # fmt: skip
_REPLY = ("id", "vendor", "said_by", "said_on", "text", "url", "accepted_by", "accepted_at")
_CORRECTION = (
    "kind", "part", "field", "was", "now", "why", "corrected_on", "old_id", "new_id", "record",
)  # fmt: skip
_FIGURE_OF = ("name", "availability", "model_id", "measurement_id", "reason")


@dataclass(frozen=True)
class ClaimRows:
    """A claim, and the rows that belong to it or to a claim that says the same in other words.

    The claim carries who made it (`kb.models.speakers`). Sightings, measurements and changes carry
    `source_url`, sightings `publisher` too, and measurements the `claim_id` that they were found
    for.
    """

    claim: Row
    vendor: str
    verdict: Row | None
    figure_of: Row | None
    member_ids: Sequence[str]
    sightings: Sequence[Row]
    measurements: Sequence[Row]
    changes: Sequence[Row]
    replies: Sequence[Row]
    corrections: Sequence[Row]


def make_claim_view(rows: ClaimRows) -> View:
    """Return the claim as a JSON-ready object."""
    claim, verdict = rows.claim, rows.verdict
    return {
        "id": claim["id"],
        "seed": claim["seed"],
        "subject": claim["subject_text"],
        "model": claim["model_id"],
        "vendor": rows.vendor,
        "figure_of": rows.figure_of and _pick(rows.figure_of, _FIGURE_OF),
        "type": claim["claim_type"],
        **_rename(claim, _CLAIM),
        **(_rename(verdict, _VERDICT) if verdict else dict.fromkeys(_VERDICT)),
        "numbers": verdict["numbers"] if verdict else {},
        "sightings": [_rename(row, _SIGHTING) for row in sorted(rows.sightings, key=_by_claim)],
        "measurements": _list_measurements(rows.measurements),
        "changes": [_pick(row, _CHANGE) for row in rows.changes],
        "vendor_replies": [_pick(row, _REPLY) for row in sorted(rows.replies, key=_by_claim)],
        "corrections": [_pick(row, _CORRECTION) for row in sorted(rows.corrections, key=_by_day)],
        "merged_from": [member for member in rows.member_ids if member != claim["id"]],
    }


def _list_measurements(rows: Iterable[Row]) -> list[View]:
    """Each once, by the claim it was found for, metric, prompt length and id."""
    found: dict[str, View] = {}
    for row in sorted(rows, key=_by_metric):
        found.setdefault(row["id"], _pick(row, _MEASUREMENT))
    return list(found.values())


def _by_claim(row: Row) -> tuple[str, str]:
    return row["claim_id"], row["id"]


def _by_day(row: Row) -> tuple[str, str]:
    return str(row["corrected_on"]), row["id"]


def _by_metric(row: Row) -> tuple[str, str, float, str]:
    length = float((row["conditions"] or {}).get("context_tokens", 0))
    return row["claim_id"], row["metric"], length, row["id"]


def _pick(row: Row, keys: Iterable[str]) -> View:
    return {key: row[key] for key in keys}


def _rename(row: Row, columns: Mapping[str, str]) -> View:
    return {key: row[column] for key, column in columns.items()}
