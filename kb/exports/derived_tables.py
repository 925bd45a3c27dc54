"""The tables that follow from others: made from their rows in Arrow, no more rows than needed."""

from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from kb.domain.described_probes import find_described_probes
from kb.domain.encoding import NamedEncoder
from kb.exports.arrow_tables import list_rows
from kb.exports.derived import (
    audit_results,
    claim_attributions,
    claim_groups,
    claim_histories,
    claim_makers,
    claim_meanings,
    memory_needs,
    parameter_parts,
    plan_descriptions,
    probes,
    unreviewed_readings,
)
from kb.models.attributions import RATED
from kb.store.claims.judgements import make_row_groups
from kb.store.review.standing import Standing
from kb.tables import (
    Audit,
    AuditJudgement,
    Claim,
    Judgement,
    Measurement,
    Model,
    Plan,
    Reading,
    Release,
    Sighting,
    Snapshot,
)

DERIVED = (
    claim_groups,
    claim_attributions,
    claim_histories,
    claim_makers,
    unreviewed_readings,
    claim_meanings,
    parameter_parts,
    memory_needs,
    probes,
    plan_descriptions,
    audit_results,
)


class Derived(Protocol):
    """A module that makes a table which follows from others."""

    NAME: str
    COMMENT: str
    COLUMNS: dict[str, str]


def make_derived(
    tables: dict[str, pa.Table],
    everything: dict[str, pa.Table],
    standing: Standing,
    encoder: NamedEncoder | None,
) -> dict[str, pa.Table]:
    """Return the derived tables by name, in the order of DERIVED.

    `everything` are the tables with what is not published: histories and the queue of review
    follow from them.
    """
    claims = tables["claim"]
    seeded = list_rows(Claim, claims.filter(pc.is_valid(claims["seed"])))
    groups = make_row_groups(seeded, list_rows(Judgement, tables["judgement"]))
    rated = claims.filter(pc.equal(claims["claim_type"], RATED))
    ratings = tables["measurement"].filter(pc.equal(tables["measurement"]["metric"], RATED))
    models = list_rows(Model, tables["model"])
    sightings = everything["sighting"]
    seen = sightings.filter(pc.is_valid(sightings["snapshot_id"]))
    releases = list_rows(Release, tables["release"])
    described = find_described_probes()
    return {
        claim_groups.NAME: claim_groups.make_claim_groups(claims["id"], groups),
        claim_attributions.NAME: claim_attributions.make_claim_attributions(
            list_rows(Claim, rated), list_rows(Measurement, ratings), models
        ),
        claim_histories.NAME: claim_histories.make_claim_histories(
            list_rows(Claim, everything["claim"]) if seen.num_rows else [],
            list_rows(Sighting, seen),
            list_rows(Snapshot, tables["snapshot"]),
            list_rows(Reading, tables["reading"]),
            groups,
            standing,
        ),
        unreviewed_readings.NAME: unreviewed_readings.make_unreviewed_readings(
            everything, standing
        ),
        claim_makers.NAME: claim_makers.make_claim_makers(
            list_rows(Claim, claims.select(["id", "model_id", "question"])),
            list_rows(Sighting, tables["sighting"]),
            dict(zip(*(tables["source"][key].to_pylist() for key in ("id", "kind")), strict=True)),
            {model.id: model.vendor for model in models},
            groups,
        ),
        claim_meanings.NAME: claim_meanings.make_claim_meanings(
            list_rows(Claim, claims) if encoder else [], models, groups, encoder
        ),
        parameter_parts.NAME: parameter_parts.make_parameter_parts(releases),
        memory_needs.NAME: memory_needs.make_memory_needs(releases),
        probes.NAME: probes.make_probes(described),
        plan_descriptions.NAME: plan_descriptions.make_plan_descriptions(
            list_rows(Plan, tables["plan"]), tables["trial"]["plan_id"].to_pylist(), described
        ),
        audit_results.NAME: audit_results.make_audit_results(
            list_rows(Audit, tables["audit"]), list_rows(AuditJudgement, tables["audit_judgement"])
        ),
    }
