"""Claims as readers see them: with their sightings, verdict and what it rests on."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, select

from kb.domain.judgements import Groups
from kb.models.attributions import Attribution
from kb.store.claims.attributions import read_attributions
from kb.store.claims.histories import read_current_sightings, read_histories
from kb.store.claims.judgements import read_groups
from kb.store.claims.sentences import read_sentences
from kb.store.reads import read_latest_verdicts, read_sources_by_id
from kb.tables import Claim, Measurement, Model, Plan, Source, VendorReply, Verdict, VerdictEvidence


def read_claim_views(session: Session) -> list[dict[str, Any]]:
    """Return every proposition as a JSON-ready object, founding claims first.

    Of claims that are one, the one that stands for them is given, with the sightings and
    measurements of all and the ids of the others in `merged_from`. What only a reading that was
    superseded has found is left out. `changes` tell which sources no longer say it.
    """
    groups = read_groups(session)
    members = groups.list_members()
    models = {model.id: model for model in session.exec(select(Model))}
    sources = read_sources_by_id(session)
    verdicts = read_latest_verdicts(session)
    sentences = read_sentences(session, verdicts.values())
    sightings = _group_sightings(session, sources)
    measurements = _group_measurements(session, verdicts, sources)
    bearers = read_attributions(session)
    changes = _group_changes(session, sources, groups)
    replies = _group_replies(session)
    claims = session.exec(select(Claim).order_by(col(Claim.id))).all()
    ordered = sorted(
        claims, key=lambda claim: (claim.seed is None, claim.seed or "", claim.model_id)
    )
    return [
        _make_view(
            claim,
            models[claim.model_id],
            _name_bearer(bearers.get(claim.id), models),
            verdict := verdicts.get(claim.id),
            sentences[verdict.id].text if verdict else None,
            members.get(claim.id, [claim.id]),
            sightings,
            measurements,
            changes[claim.id],
            replies,
        )
        for claim in ordered
        if groups.get_canonical(claim.id) == claim.id
        and any(sightings[member] for member in members.get(claim.id, [claim.id]))
    ]


def _make_view(
    claim: Claim,
    model: Model,
    bearer: dict[str, Any] | None,
    verdict: Verdict | None,
    sentence: str | None,
    members: list[str],
    sightings: Mapping[str, list[dict[str, Any]]],
    measurements: Mapping[str, list[dict[str, Any]]],
    changes: list[dict[str, Any]],
    replies: Mapping[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    found = {
        measurement["id"]: measurement for member in members for measurement in measurements[member]
    }
    return {
        "id": claim.id,
        "seed": claim.seed,
        "subject": claim.subject_text,
        "model": model.id,
        "vendor": model.vendor,
        "figure_of": bearer,
        "type": claim.claim_type,
        "metric": claim.metric,
        "said_by": claim.said_by,
        "claimed_text": claim.claimed_text,
        "claimed_value": claim.claimed_value,
        "unit": claim.unit,
        "conditions": claim.conditions,
        "outcome": verdict and verdict.outcome,
        "basis": verdict and verdict.basis,
        "explanation": sentence,
        "rule": verdict and verdict.rule,
        "numbers": verdict.numbers if verdict else {},
        "sightings": [sighting for member in members for sighting in sightings[member]],
        "measurements": list(found.values()),
        "changes": changes,
        "vendor_replies": [reply for member in members for reply in replies[member]],
        "merged_from": [member for member in members if member != claim.id],
    }


def _name_bearer(bearer: Attribution | None, models: dict[str, Model]) -> dict[str, Any] | None:
    """Whose figure it is, where that is not the model it was said of."""
    if bearer is None:
        return None
    model = models[bearer.model_id]
    return {"name": model.name, "availability": model.availability, **vars(bearer)}


def _group_sightings(
    session: Session, sources: dict[str, Source]
) -> defaultdict[str, list[dict[str, Any]]]:
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in read_current_sightings(session):
        groups[row.claim_id].append(
            {
                "source_url": sources[row.source_id].url,
                "publisher": sources[row.source_id].publisher,
                "said_by": row.said_by,
                "said_at": row.said_on,
                "quote": row.quote,
                "locator": row.locator,
                "snapshot": row.snapshot_id,
            }
        )
    return groups


def _group_replies(session: Session) -> defaultdict[str, list[dict[str, Any]]]:
    """What vendors answered."""
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in session.exec(select(VendorReply).order_by(col(VendorReply.id))):
        groups[row.claim_id].append(row.model_dump(exclude={"claim_id"}))
    return groups


def _group_changes(
    session: Session, sources: dict[str, Source], propositions: Groups
) -> defaultdict[str, list[dict[str, Any]]]:
    """Sources that said a claim once and no longer do."""
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for history in read_histories(session, propositions):
        if history.gone_id is not None:
            groups[history.claim_id].append(
                {"source_url": sources[history.source_id].url, **vars(history)}
            )
    return groups


def _group_measurements(
    session: Session, verdicts: dict[str, Verdict], sources: dict[str, Source]
) -> defaultdict[str, list[dict[str, Any]]]:
    """What each verdict rests on, and all that was measured for the claim here."""
    rows = {row.id: row for row in session.exec(select(Measurement))}
    claim_of_plan = {plan.id: plan.claim_id for plan in session.exec(select(Plan))}
    claim_of_verdict = {verdict.id: claim_id for claim_id, verdict in verdicts.items()}
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for link in session.exec(select(VerdictEvidence)):
        if link.verdict_id in claim_of_verdict:
            wanted[claim_of_verdict[link.verdict_id]].add(link.measurement_id)
    for row in rows.values():
        if row.plan_id is not None:
            wanted[claim_of_plan[row.plan_id]].add(row.id)
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for claim_id, ids in wanted.items():
        ordered = sorted((rows[row_id] for row_id in ids), key=_sort_key)
        groups[claim_id] = [_make_measurement(row, sources) for row in ordered]
    return groups


def _sort_key(row: Measurement) -> tuple[str, float, str]:
    return row.metric, float(row.conditions.get("context_tokens", 0)), row.id


def _make_measurement(row: Measurement, sources: dict[str, Source]) -> dict[str, Any]:
    source = sources.get(row.source_id or "")
    return {
        "id": row.id,
        "metric": row.metric,
        "value": row.value,
        "low": row.low,
        "high": row.high,
        "text": row.text,
        "unit": row.unit,
        "n": row.n,
        "n_unit": row.n_unit,
        "rank": row.rank,
        "basis": row.basis,
        "conditions": row.conditions,
        "reported_by": row.reported_by,
        "as_of": row.as_of,
        "source_url": source.url if source else None,
    }
