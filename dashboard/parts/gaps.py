"""Claims whose figures can be set beside each other: rows → gaps."""

from collections.abc import Iterable
from typing import Any

from dashboard.charts.gap import Gap
from dashboard.wording.words import name_metric, name_type, write_quantity


def make_gaps(claims: Iterable[dict[str, Any]]) -> list[Gap]:
    """Return the gap of every row whose claimed and found figures share a unit."""
    return [make_gap(row) for row in claims if row["log10_claimed_over_found"] is not None]


def make_gap(row: dict[str, Any]) -> Gap:
    """Return one gap; `row` has a claimed and a found value, both positive."""
    claimed, low, high = row["claimed_value"], row["found_low"], row["found_high"]
    return Gap(
        label=f"{row['model']}: {_name_subject(row)}",
        said=write_quantity(claimed, row["unit"]),
        found=write_quantity(row["found_value"], row["unit"]),
        outcome=row["outcome"] or "untested",
        ratio=claimed / row["found_value"],
        ratio_low=claimed / high if high else None,
        ratio_high=None if low is None else claimed / low if low > 0 else float("inf"),
    )


def _name_subject(row: dict[str, Any]) -> str:
    metric = row["metric"]
    if metric is None:
        return name_type(row["claim_type"])
    return name_metric(metric).removeprefix("Score on ")
