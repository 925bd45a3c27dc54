"""Lists of claims: as a table for the page and as CSV."""

import csv
import io
from collections.abc import Iterable

from dashboard.parts.layout import make_badge
from dashboard.reads.published import Row
from dashboard.wording.markup import Html, link_page, make_table, tag
from dashboard.wording.words import (
    name_basis,
    name_metric,
    name_type,
    word_claim,
    write_interval,
    write_result,
)
from kb.domain.speech import SpeechKind
from kb.text.plain_text import as_csv_cell

_HEADS = ("Claim", "Verdict", "Found", "Model", "Claimed by")
_CSV_COLUMNS = (
    "claim_id", "seed", "vendor", "model_id", "model", "claim_type", "metric", "claimed_text",
    "operator", "claimed_value", "claimed_high", "unit", "said_by", "maker", "said_as",
    "is_vendors_claim", "outcome", "basis",
    "explanation", "rule", "found_metric", "found_value", "found_low", "found_high",
    "found_unit", "found_text", "found_n", "found_basis", "found_by",
    "log10_claimed_over_found", "sightings",
)  # fmt: skip


def make_claims_table(claims: Iterable[Row]) -> Html:
    """Return the table; each row links to the claim's own page."""
    return make_table(_HEADS, (_make_cells(row) for row in claims), css="ac-claims")


def _make_cells(row: Row) -> list[Html]:
    claim = tag(
        "span",
        link_page("claim", word_claim(row), id=row["claim_id"]),
        tag("small", _name_kind(row)),
    )
    model = tag(
        "span", link_page("models", row["model"], id=row["model_id"]), tag("small", row["vendor"])
    )
    verdict = tag("span", make_badge(row["outcome"]), tag("small", name_basis(row["basis"])))
    asked = "a question of ours" if row["said_as"] == SpeechKind.QUESTION else row["said_by"]
    return [claim, verdict, _write_found(row), model, tag("span", asked)]


def _name_kind(row: Row) -> str:
    kind = name_type(row["claim_type"])
    about = f" · {name_metric(row['metric'])}" if row["metric"] else ""
    return f"{row['seed']} · {kind}{about}" if row["seed"] else f"{kind}{about}"


def _write_found(row: Row) -> Html:
    """A figure where one can be set beside the claim, else the finding in words."""
    if row["found_metric"] is None:
        return tag("span", "—")
    if row["log10_claimed_over_found"] is None:
        return tag("span", row["explanation"])
    interval = write_interval(row["found_low"], row["found_high"], row["found_unit"])
    parts = (name_metric(row["found_metric"]), interval and f"interval {interval}", row["found_by"])
    small = tag("small", " · ".join(part for part in parts if part))
    return tag("span", write_result(row, "found_"), small)


def write_claims_csv(claims: Iterable[Row]) -> str:
    """Return the claims as CSV that is safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_CSV_COLUMNS)
    for row in claims:
        writer.writerow([as_csv_cell(row[name]) for name in _CSV_COLUMNS])
    return out.getvalue()
