"""Corrections in words, and the way from an old id to the one that took its place."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

Row = Mapping[str, Any]

WITHDRAWN = "withdrawn"
MOVED = "model"  # field of a claim whose model changed its name or vendor
_LABELS = {
    "claimed": "the claim was",
    "said_by": "the speaker was",
    "said_on": "the day was",
    "as_of": "the date was",
    "published_on": "the day of publication was",
    "locator": "the place was",
    "attribution": "the source of the words was",
    "figure_of": "the owner of the figure was",
    "not_the_same_as": "names of other models were",
    "aliases": "other names were",
    "conditions": "conditions were",
    "compared_to": "what it is compared to was",
}


def find_successor(old_id: str, corrections: Iterable[Row]) -> str | None:
    """Return the id that stands now for an id of before; None if none took its place."""
    following = {
        row["old_id"]: row["new_id"]
        for row in corrections
        if row["new_id"] not in (None, row["old_id"])
    }
    seen, current = {old_id}, following.get(old_id)
    while current is not None and current not in seen:
        seen.add(current)
        current = following.get(current, current)
    return None if current in (None, old_id) else current


def list_told(corrections: Iterable[Row]) -> list[Row]:
    """Return the rows to tell of; what follows from a new name of a model is told of the model."""
    return [
        row
        for row in corrections
        if (row["kind"], row["field"]) != ("claim", MOVED)
        and (row["kind"] != WITHDRAWN or row["old_id"] == row["about_id"])
    ]


def group_notes(corrections: Iterable[Row]) -> list[list[Row]]:
    """Return the rows of each note together, the latest first."""
    found: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in corrections:
        parts = (row["corrected_on"], row["kind"], row["about_id"], row["old_id"], row["why"])
        found[tuple(map(str, parts))].append(row)
    return [found[key] for key in sorted(found, reverse=True)]


def tell_day(note: Sequence[Row]) -> str:
    """Return when and how: Corrected on 28 November 2026."""
    verb = "Withdrawn" if note[0]["kind"] == WITHDRAWN else "Corrected"
    return f"{verb} on {_write_day(note[0]['corrected_on'])}"


def tell_change(note: Sequence[Row]) -> str:
    """Return what stood there and what does: the claim was “256K”, now “200K”."""
    if note[0]["kind"] == WITHDRAWN:
        return f"we no longer record “{note[0]['was']}” as a claim"
    parts: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(note, key=lambda row: str(row["field"])):
        parts[row["part"] or ""].append(row)
    return "; ".join(_tell_part(part, rows) for part, rows in sorted(parts.items()))


def tell_note(note: Sequence[Row]) -> str:
    """Return a note in full: when, what, why."""
    why = str(note[0]["why"])
    end = "" if why.endswith((".", "!", "?")) else "."
    return f"{tell_day(note)}: {tell_change(note)}. {why[0].upper()}{why[1:]}{end}"


def _tell_part(part: str, rows: Sequence[Row]) -> str:
    told = "; ".join(map(_tell_field, rows))
    if not part:
        return told
    return f"at {part}, {told}" if rows[0]["kind"] == "sighting" else f"{part}: {told}"


def _tell_field(row: Row) -> str:
    if row["field"] == "disputes":
        disputing = "the passage was taken to make the claim, and is now known to dispute it"
        making = "the passage was taken to dispute the claim, and is now known to make it"
        return disputing if row["now"] else making
    label = _LABELS.get(row["field"]) or f"the {row['field'].replace('_', ' ')} was"
    was = "not given" if row["was"] is None else f"“{row['was']}”"
    now = "left out" if row["now"] is None else f"“{row['now']}”"
    return f"{label} {was}, now {now}"


def _write_day(day: date | str) -> str:
    read = date.fromisoformat(day) if isinstance(day, str) else day
    return f"{read.day} {read:%B %Y}"
