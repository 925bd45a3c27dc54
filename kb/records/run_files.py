"""Run files: one plan carried out, with all it stands on, as JSON that can be loaded again.

A run file holds rows by table: the plan, the claim and release it is for with their model and
sources, the environment, every raw answer, and the results. Ids are made from content, so a file
that was changed by hand is found out.
"""

import json
from dataclasses import dataclass
from typing import Any

from kb.domain.errors import UserError
from kb.domain.ids import make_content_id

FORMAT = "as-claimed-run/1"
SUFFIX = ".run.json"
MAX_BYTES = 20_000_000
# Parents before children.
TABLE_NAMES = (
    "source", "model", "release", "claim", "plan", "environment", "trial", "measurement",
)  # fmt: skip
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class RunFile:
    """A run file that holds together: rows by table, as plain values."""

    name: str
    rows: Rows


def write_run(rows: Rows) -> str:
    """Return the text of a run file: a row a line, always the same for the same rows."""
    parts = []
    for table in TABLE_NAMES:
        lines = ",\n".join(
            "  " + json.dumps(row, sort_keys=True, ensure_ascii=False)
            for row in sorted(rows.get(table, []), key=lambda row: str(row["id"]))
        )
        parts.append(f' "{table}": [\n{lines}\n ]' if lines else f' "{table}": []')
    return f'{{"format": "{FORMAT}",\n' + ",\n".join(parts) + "\n}\n"


def parse_run(data: bytes, name: str) -> RunFile:
    """Return the run that `data` holds.

    Raises UserError, naming file and row, for what is no run file or was changed by hand.
    """
    if len(data) > MAX_BYTES:
        raise UserError(f"{name}: a run file has at most {MAX_BYTES:,} bytes, not {len(data):,}")
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{name}: not valid JSON: {error}") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise UserError(f"{name}: not a run file; run files begin with format {FORMAT}")
    unknown = set(whole) - {"format", *TABLE_NAMES}
    if unknown:
        raise UserError(f"{name}: holds {', '.join(sorted(map(str, unknown)))}, which no run has")
    rows = {table: whole.get(table, []) for table in TABLE_NAMES}
    for table, found in rows.items():
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise UserError(f"{name}: {table} is not a list of rows")
    _check(rows, name)
    return RunFile(name, rows)


def _check(rows: Rows, name: str) -> None:
    if len(rows["plan"]) != 1:
        raise UserError(f"{name}: holds {len(rows['plan'])} plans; a run file describes one")
    plan = rows["plan"][0]
    if not rows["measurement"]:
        raise UserError(f"{name}: has no result; a run file describes a plan that was carried out")
    for table, make in _IDS.items():
        for number, row in enumerate(rows[table]):
            try:
                wanted = make(row)
            except KeyError as error:
                raise UserError(f"{name}: {table} {number}: {error} is missing") from None
            if row.get("id") != wanted:
                raise UserError(
                    f"{name}: {table} {number}: the id does not match the row; run files "
                    "are written by `kb export-run` and must not be edited by hand"
                )
    for table in ("trial", "measurement"):
        for number, row in enumerate(rows[table]):
            if row.get("plan_id") != plan["id"]:
                raise UserError(f"{name}: {table} {number}: belongs to another plan")


def _make_plan_id(row: dict[str, Any]) -> str:
    keys = ("claim_id", "release_id", "probe", "probe_version", "parameters", "seed")
    return make_content_id("pln", *(row[key] for key in keys))


def _make_trial_id(row: dict[str, Any]) -> str:
    return make_content_id("trl", row["plan_id"], row["item"])


def _make_measurement_id(row: dict[str, Any]) -> str:
    return make_content_id("mea", row["plan_id"], row["metric"], row["conditions"])


_IDS = {
    "plan": _make_plan_id,
    "trial": _make_trial_id,
    "measurement": _make_measurement_id,
}
