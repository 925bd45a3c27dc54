"""The table of what machines read and nobody has reviewed yet: no claim of the published file."""

from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from kb.domain.review.states import ReviewState
from kb.exports.arrow_tables import list_rows
from kb.store.review.standing import Standing
from kb.tables import Claim, Measurement, Model, Sighting, Source

NAME = "unreviewed_reading"
COMMENT = (
    "Read by a machine, not reviewed: what a document may say. It is in no other table, no count "
    "and no verdict."
)
COLUMNS = {
    "reading_id": "The sighting or result that it will be, if a person accepts it.",
    "form": "claim or result.",
    "model_id": "The model that the machine took it to be about.",
    "model": "Name of that model.",
    "vendor": "Who makes that model.",
    "kind": "Claim type; for a result, what was measured.",
    "metric": "Name of the test, for scores.",
    "claimed_text": "What was read, in a few words.",
    "said_by": "Who says it there, as the machine read it.",
    "quote": "The words that were read.",
    "quote_start": "Offset of the quote, in characters.",
    "quote_end": "Offset of the end of the quote, in characters.",
    "locator": "Where in the source they appear.",
    "source_id": "The document.",
    "source_url": "Its address.",
    "source_kind": "Kind of source.",
    "publisher": "Who publishes it.",
    "snapshot_id": "The bytes in which it was read.",
    "extractor": "What read it, with its version.",
}
_COUNTED = ("quote_start", "quote_end")
_SCHEMA = pa.schema([(name, pa.int64() if name in _COUNTED else pa.string()) for name in COLUMNS])


def make_unreviewed_readings(tables: Mapping[str, pa.Table], standing: Standing) -> pa.Table:
    """Return one row for each reading that waits for review; `tables` hold what is in force."""
    waiting = [
        row_id
        for row_id, review in standing.reviews.items()
        if review.state is ReviewState.UNREVIEWED
    ]
    if not waiting:
        return _SCHEMA.empty_table()
    ids = pa.array(waiting, pa.string())
    sightings, results = (
        table.filter(pc.is_in(table["id"], ids))
        for table in (tables["sighting"], tables["measurement"])
    )
    names = _Names(tables, sightings)
    rows = [
        *(names.describe_claim(row) for row in list_rows(Sighting, sightings)),
        *(names.describe_result(row) for row in list_rows(Measurement, results)),
    ]
    ordered = sorted(rows, key=lambda row: (row["source_url"], row["reading_id"]))
    return pa.Table.from_pylist(ordered, schema=_SCHEMA)


class _Names:
    """Claims, models and sources by id."""

    def __init__(self, tables: Mapping[str, pa.Table], sightings: pa.Table) -> None:
        claims = tables["claim"]
        told = claims.filter(pc.is_in(claims["id"], pc.unique(sightings["claim_id"])))
        self.claims = {row.id: row for row in list_rows(Claim, told)}
        self.models = {row.id: row for row in list_rows(Model, tables["model"])}
        self.sources = {row.id: row for row in list_rows(Source, tables["source"])}

    def describe_claim(self, row: Any) -> dict[str, Any]:
        claim = self.claims[row.claim_id]
        said = {
            "form": "claim",
            "kind": claim.claim_type,
            "metric": claim.metric,
            "claimed_text": claim.claimed_text,
            "said_by": row.said_by,
        }
        return said | dict(self._describe(row, claim.model_id))

    def describe_result(self, row: Any) -> dict[str, Any]:
        value = row.text if row.value is None else f"{row.value:g} {row.unit or ''}".strip()
        said = {
            "form": "result",
            "kind": row.metric,
            "metric": None,
            "claimed_text": value,
            "said_by": row.reported_by,
        }
        return said | dict(self._describe(row, row.model_id))

    def _describe(self, row: Any, model_id: str) -> Iterator[tuple[str, Any]]:
        model, source = self.models[model_id], self.sources[row.source_id]
        yield from {
            "reading_id": row.id,
            "model_id": model.id,
            "model": model.name,
            "vendor": model.vendor,
            "source_id": source.id,
            "source_url": source.url,
            "source_kind": source.kind,
            "publisher": source.publisher,
        }.items()
        for name in ("quote", *_COUNTED, "locator", "snapshot_id", "extractor"):
            yield name, getattr(row, name)
