"""Hugging Face `.eval_results`: what we measured, one YAML file per model.

The form is that of the Hub's evaluation results (a list of dataset, value, date, source, notes).
"""

from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from kb.exports.edition_reader import EditionReader, Row
from kb.exports.export_kinds import ADDRESS, NAME, FolderFormat, as_time, drop_empty

_DATASET = "as-claimed/context-ladder"
_QUERY = """
select x.*, m.name, p.probe, p.probe_version,
    json_extract_string(x.conditions, '$.context_tokens') as tokens,
    json_extract_string(x.conditions, '$.rule') as rule
from measurement x join model m on m.id = x.model_id join plan p on p.id = x.plan_id
where x.basis = 'measured_here' and x.value is not null and p.probe = 'context_ladder'
    and x.metric in ('length_score', 'effective_context')
order by x.model_id, x.metric, try_cast(tokens as bigint), x.id
"""


def write(edition: EditionReader, folder: Path) -> None:
    """Write `<model>.yaml` for each model that was measured here."""
    for model_id, rows in groupby(edition.read(_QUERY), key=lambda row: row["model_id"]):
        text = yaml.safe_dump([_make_entry(row) for row in rows], sort_keys=False, width=100)
        (folder / f"{model_id.replace('/', '--')}.yaml").write_text(text, encoding="utf-8")


def _make_entry(row: Row) -> dict[str, Any]:
    task = row["metric"] if row["tokens"] is None else f"{row['metric']}_{row['tokens']}"
    if row["metric"] == "effective_context":
        task = f"effective_context_{str(row['rule']).partition(':')[0]}"
    interval = f"95% interval {row['low']:g} to {row['high']:g}, n {row['n']} {row['n_unit']}"
    return drop_empty(
        {
            "dataset": {"id": _DATASET, "task_id": task},
            "value": row["value"],
            "date": as_time(row["measured_at"]),
            "source": {"url": ADDRESS, "name": NAME},
            "notes": f"{interval}; {row['rule']}; plan {row['plan_id']}",
        }
    )


FORMAT = FolderFormat(
    "eval-results", "What was measured here, as Hugging Face .eval_results.", ".eval_results", write
)
