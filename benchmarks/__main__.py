"""Run all benchmarks, print a table, write `benchmarks/latest.json`."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.entries import ENTRIES
from benchmarks.support.measuring import Measured
from verifiers.engines.hardware import describe_hardware

LATEST = Path(__file__).with_name("latest.json")


def main() -> None:
    """Measure every entry, or those that are named; keep what other runs measured."""
    machine = describe_hardware()
    results = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    table = Table("entry", "value", "unit", "baseline", "its value", "ratio", "n")
    wanted = sys.argv[1:] or list(ENTRIES)
    for name in wanted:
        measured = ENTRIES[name]()
        results[name] = _as_json(measured, machine)
        row = (measured.value, measured.unit, measured.baseline, measured.baseline_value)
        table.add_row(name, *map(_show, (*row, measured.ratio, measured.n)))
        for note, value in measured.notes.items():
            table.add_row(f"  {note}", _show(value), "", "", "", "", "")
    LATEST.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    Console(width=120).print(table)


def _as_json(measured: Measured, machine: str) -> dict[str, object]:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return {**vars(measured), "ratio": measured.ratio, "measured_at": now, "machine": machine}


def _show(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
