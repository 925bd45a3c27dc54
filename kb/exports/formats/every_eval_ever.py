"""Every Eval Ever 0.3.0: each plan that we ran, with its scores and intervals."""

import hashlib
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from kb.exports.edition_reader import EditionReader, Row
from kb.exports.export_kinds import ADDRESS, NAME, FolderFormat, as_json, as_time, drop_empty

_SCHEMA = "0.3.0"
_QUERY = """
select x.*, p.probe, p.probe_version, p.seed, p.parameters, m.name, m.vendor, m.aliases,
    e.engine, e.engine_version, e.hardware, e.dtype, e.weights_sha256, r.repository,
    json_extract_string(x.conditions, '$.context_tokens') as tokens,
    json_extract_string(x.conditions, '$.rule') as rule
from measurement x join plan p on p.id = x.plan_id join model m on m.id = x.model_id
join environment e on e.id = x.environment_id join release r on r.id = x.release_id
where x.basis = 'measured_here' and x.value is not null
order by x.plan_id, x.metric, try_cast(tokens as bigint), x.id
"""
_MOST = {"proportion": 1.0}


def write(edition: EditionReader, folder: Path) -> None:
    """Write `data/<probe>/<vendor>/<model>/<uuid>.json` for each plan that measured something."""
    for plan_id, rows in groupby(edition.read(_QUERY), key=lambda row: row["plan_id"]):
        results = list(rows)
        place = folder / "data" / results[0]["probe"] / Path(results[0]["model_id"])
        place.mkdir(parents=True, exist_ok=True)
        text = as_json(_make_log(edition, results), indent=1) + "\n"
        (place / f"{_make_uuid(plan_id)}.json").write_text(text, encoding="utf-8")


def _make_uuid(plan_id: str) -> UUID:
    """A UUID in the form of version 4, which file names must have, and yet always the same."""
    return UUID(bytes=hashlib.sha256(plan_id.encode()).digest()[:16], version=4)


def _make_log(edition: EditionReader, rows: list[Row]) -> dict[str, Any]:
    first = rows[0]
    written = str(_as_epoch(edition.date))
    return {
        "schema_version": _SCHEMA,
        "evaluation_id": f"{first['probe']}/{first['model_id']}/{first['plan_id']}",
        "evaluation_timestamp": as_time(first["measured_at"]),
        "retrieved_timestamp": written,
        "source_metadata": {
            "source_name": NAME,
            "source_type": "evaluation_run",
            "source_organization_name": NAME,
            "source_organization_url": ADDRESS,
            "evaluator_relationship": "third_party",
        },
        "eval_library": {
            "name": NAME,
            "version": f"{first['probe']}/{first['probe_version']}",
            "additional_details": {"plan": first["plan_id"], "seed": str(first["seed"])},
        },
        "model_info": _make_model(first),
        "evaluation_results": [_make_result(row) for row in rows],
    }


def _make_model(row: Row) -> dict[str, Any]:
    return {
        "name": row["name"],
        "id": row["model_id"],
        "developer": row["vendor"],
        "inference_engine": drop_empty({"name": row["engine"], "version": row["engine_version"]}),
        "additional_details": drop_empty(
            {
                "deployment_type": "self_deployed",
                "model_availability": "open_weights",
                "release": row["repository"],
                "weights_sha256": row["weights_sha256"],
                "hardware": row["hardware"],
                "dtype": row["dtype"],
            }
        ),
    }


def _make_result(row: Row) -> dict[str, Any]:
    place = f" at {int(row['tokens']):,} tokens" if row["tokens"] else ""
    return {
        "evaluation_result_id": row["id"],
        "evaluation_name": f"{row['metric']}{place}",
        "source_data": {
            "dataset_name": f"{row['probe']}/{row['probe_version']}",
            "source_type": "url",
            "url": [ADDRESS],
        },
        "metric_config": {
            "metric_id": row["metric"],
            "metric_unit": row["unit"] or "unknown",
            "evaluation_description": row["rule"] or row["metric"],
            "lower_is_better": row["metric"] in ("bits_per_byte", "ladder_cost"),
            "score_type": "continuous",
            "min_score": 0.0,
            "max_score": _MOST.get(row["unit"], "Infinity"),
        },
        "score_details": {"score": row["value"], "uncertainty": _make_uncertainty(row)},
    }


def _make_uncertainty(row: Row) -> dict[str, Any]:
    known = row["low"] is not None and row["high"] is not None
    interval = {"lower": row["low"], "upper": row["high"], "confidence_level": 0.95}
    return drop_empty({"confidence_interval": interval if known else None, "num_samples": row["n"]})


def _as_epoch(time: str) -> float:
    moment = datetime.fromisoformat(time)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


FORMAT = FolderFormat(
    "every-eval-ever", "What was measured here, as Every Eval Ever 0.3.0.", "every_eval_ever", write
)
