"""A machine's reading as a reviewer sees it, in the terminal and as JSON."""

from typing import Any

from rich.text import Text

from kb.cli.console import as_plain_text, err
from kb.stages.review import describe_said
from kb.store.review.readings import MachineReading
from kb.store.review.standing import describe_review
from kb.store.review.surroundings import Surroundings

_MOST_LINES = 8


def show_reading(reading: MachineReading, around: Surroundings, progress: str) -> None:
    """Print a reading: where it stands, the words around it, what was read in them."""
    source = reading.source
    err.print()
    told = f"{progress}  {source.url}  ({source.kind}, {source.publisher})"
    err.print(as_plain_text(told, "dim"), soft_wrap=True)
    err.print(as_plain_text(f"  {reading.row.locator or ''}", "dim"), soft_wrap=True)
    err.print(_highlight(around), soft_wrap=True)
    if around.note:
        err.print(as_plain_text(f"  ({around.note})", "yellow"), soft_wrap=True)
    err.print(as_plain_text(f"  → {write_claim(reading)}", "bold"), soft_wrap=True)
    err.print(as_plain_text(f"    {_write_more(reading)}", "dim"), soft_wrap=True)


def write_claim(reading: MachineReading) -> str:
    """Return what was read, in one line."""
    kind = f"{reading.said.kind} {reading.said.metric or ''}".strip()
    return f"{reading.model.name} ({reading.model.vendor}): {kind} = {reading.claimed}"


def make_reading_view(reading: MachineReading) -> dict[str, Any]:
    """Return a reading as a JSON-ready object."""
    row, source = reading.row, reading.source
    return {
        "key": reading.key,
        "form": "result" if reading.claim is None else "claim",
        **describe_said(reading),
        "conditions": (row if reading.claim is None else reading.claim).conditions,
        "quote": row.quote,
        "locator": row.locator,
        "start": row.quote_start,
        "end": row.quote_end,
        "source_url": source.url,
        "source_kind": source.kind,
        "publisher": source.publisher,
        "snapshot": row.snapshot_id,
        "extractor": row.extractor,
        "review": describe_review(reading.review),
    }


def _highlight(around: Surroundings) -> Text:
    """The quote between its surroundings; at most a few lines of these on either side."""
    before = "\n".join(around.before.splitlines()[-_MOST_LINES:])
    after = "\n".join(around.after.splitlines()[:_MOST_LINES])
    text = as_plain_text(f"…{before}", "dim")
    text.append_text(as_plain_text(around.quote, "bold reverse"))
    return text.append_text(as_plain_text(f"{after}…", "dim"))


def _write_more(reading: MachineReading) -> str:
    row = reading.row
    speaker = row.reported_by if reading.claim is None else row.said_by
    conditions = (row if reading.claim is None else reading.claim).conditions
    held = ", ".join(f"{name} {value}" for name, value in conditions.items())
    told = (speaker and f"said by {speaker}", held, f"read by {row.extractor}")
    return " · ".join(filter(None, told))
