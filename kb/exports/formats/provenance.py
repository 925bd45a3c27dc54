"""W3C PROV (PROV-JSON): how each verdict came about, back to sources, answers and weights."""

from typing import IO, Any

from kb.exports.edition_reader import EditionReader, Row
from kb.exports.export_kinds import ADDRESS, NAME, FileFormat, as_json, as_time

_PREFIXES = {"ac": f"{ADDRESS}/id/", "prov": "http://www.w3.org/ns/prov#"}
_AGENT = "ac:as-claimed"
_VERDICTS = "select * from current_verdicts order by id"
_EVIDENCE = """
select e.verdict_id, x.id, x.metric, x.value, x.basis, x.plan_id, x.environment_id, x.source_id
from verdict_evidence e join current_verdicts v on v.id = e.verdict_id
join measurement x on x.id = e.measurement_id order by e.verdict_id, e.position
"""
_SIGHTINGS = """
select c.id as claim_id, s.id, s.snapshot_id, s.source_id, n.sha256, o.url
from current_verdicts v join claim c on c.id = v.claim_id
join current_sightings s on s.claim_id = c.id
join source o on o.id = s.source_id left join snapshot n on n.id = s.snapshot_id
order by c.id, s.id
"""
_PLANS = "select id, release_id, probe, probe_version from plan order by id"


def write(edition: EditionReader, out: IO[str]) -> None:
    """Write one document with every verdict in force and all it was derived from."""
    document = _Provenance()
    document.add("agent", _AGENT, {"prov:type": "prov:Organization", "ac:name": NAME})
    for row in edition.read(_PLANS):
        _add_plan(document, row)
    for row in edition.read(_VERDICTS):
        _add_verdict(document, row)
    for row in edition.read(_EVIDENCE):
        _add_evidence(document, row)
    for row in edition.read(_SIGHTINGS):
        _add_sighting(document, row)
    out.write(as_json({"prefix": _PREFIXES, **document.parts}, indent=1) + "\n")


class _Provenance:
    """Elements and relations by kind; the same one twice is one."""

    def __init__(self) -> None:
        self.parts: dict[str, dict[str, dict[str, Any]]] = {}

    def add(self, kind: str, name: str, attributes: dict[str, Any]) -> None:
        self.parts.setdefault(kind, {})[name] = {
            key: value for key, value in attributes.items() if value is not None
        }

    def derive(self, made: str, of: str) -> None:
        self.add(
            "wasDerivedFrom", f"_:{made}--{of}".replace("ac:", ""),
            {"prov:generatedEntity": made, "prov:usedEntity": of},
        )  # fmt: skip


def _add_plan(document: _Provenance, row: Row) -> None:
    plan = f"ac:{row['id']}"
    words = f"{row['probe']} version {row['probe_version']}"
    document.add("entity", plan, {"prov:type": "prov:Plan", "ac:probe": words})
    document.add("entity", f"ac:{row['release_id']}", {"ac:kind": "release"})
    document.derive(plan, f"ac:{row['release_id']}")


def _add_verdict(document: _Provenance, row: Row) -> None:
    verdict, judging = f"ac:{row['id']}", f"ac:judging-{row['id']}"
    when = as_time(row["judged_at"])
    document.add("entity", verdict, {"ac:outcome": row["outcome"], "ac:rule": row["rule"]})
    document.add("activity", judging, {"prov:endTime": when})
    document.add(
        "wasGeneratedBy", f"_:g-{row['id']}",
        {"prov:entity": verdict, "prov:activity": judging, "prov:time": when},
    )  # fmt: skip
    document.add(
        "wasAssociatedWith", f"_:a-{row['id']}", {"prov:activity": judging, "prov:agent": _AGENT}
    )
    document.add("entity", f"ac:{row['claim_id']}", {"ac:kind": "claim"})
    document.derive(verdict, f"ac:{row['claim_id']}")
    if row["supersedes_id"]:
        document.add("entity", f"ac:{row['supersedes_id']}", {"ac:kind": "verdict"})
        document.derive(verdict, f"ac:{row['supersedes_id']}")


def _add_evidence(document: _Provenance, row: Row) -> None:
    result = f"ac:{row['id']}"
    document.add(
        "entity", result,
        {"ac:metric": row["metric"], "ac:value": row["value"], "ac:basis": row["basis"]},
    )  # fmt: skip
    document.derive(f"ac:{row['verdict_id']}", result)
    for parent in ("plan_id", "environment_id", "source_id"):
        if row[parent]:
            document.parts.setdefault("entity", {}).setdefault(f"ac:{row[parent]}", {})
            document.derive(result, f"ac:{row[parent]}")


def _add_sighting(document: _Provenance, row: Row) -> None:
    sighting, source = f"ac:{row['id']}", f"ac:{row['source_id']}"
    document.add("entity", sighting, {"ac:kind": "sighting"})
    document.add("entity", source, {"ac:kind": "source", "prov:location": row["url"]})
    document.derive(f"ac:{row['claim_id']}", sighting)
    if row["snapshot_id"]:
        snapshot = f"ac:{row['snapshot_id']}"
        document.add("entity", snapshot, {"ac:kind": "snapshot", "ac:sha256": row["sha256"]})
        document.derive(sighting, snapshot)
        document.derive(snapshot, source)
    else:
        document.derive(sighting, source)


FORMAT = FileFormat(
    "prov", "How each verdict was reached, as W3C PROV-JSON.", "provenance.json", write
)
