"""The figures behind a verdict, in one line: Claimed: 10 million. Effective context: 1,000."""

from collections.abc import Iterable, Iterator

from dashboard.reads.published import Row
from dashboard.wording.words import (
    join_words,
    name_key,
    name_metric,
    write_exact,
    write_interval,
    write_quantity,
)

_OURSELVES = "As Claimed"
_SHORT = {
    "accepted_context": "Longest prompt accepted",
    "served_context": "Longest context a provider lists",
    "declared_context": "Declared in the release",
    "effective_context": "Effective context",
}


def tell_figures(claim: Row, figures: Iterable[Row]) -> str:
    """Return what was said, and each figure that was found, as short sentences."""
    return " ".join((f"Claimed: {write_quantity(claim['claimed_value'], claim['unit'])}.",
                     *_tell_found(claim, list(figures))))  # fmt: skip


def _tell_found(claim: Row, figures: list[Row]) -> Iterator[str]:
    several = len({row["model_id"] for row in figures} | {claim["model_id"]}) > 1
    for row in figures:
        words = _SHORT.get(row["metric"], name_metric(row["metric"]))
        if several:
            words = f"{row['model']}, {name_key(row['availability'])}"
        yield f"{words}: {_write_figure(row)}."


def _write_figure(row: Row) -> str:
    """The unit was told with the claim, so that a bare number is enough; a share keeps its sign."""
    unit = row["unit"] if row["unit"] in ("proportion", "percent") else None
    value = write_quantity(row["value"], unit) if unit else write_exact(row["value"])
    interval = write_interval(row["low"], row["high"], row["unit"])
    return f"{value} ({interval})" if interval else value


def tell_finders(figures: Iterable[Row]) -> str:
    """Return who found the figures, each once; nothing where there are none."""
    names = list(dict.fromkeys(str(row["found_by"]) for row in figures))
    if names == [_OURSELVES]:
        return "Measured here."
    return f"According to {join_words(names)}." if names else ""
