"""Named reads."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from kb.domain.in_force.superseding import drop_superseded
from kb.rules.case import Case
from kb.store.claims.cases import CaseRows, Said, make_cases, make_said
from kb.store.claims.judgements import read_judgements
from kb.store.in_force import is_in_force, is_published
from kb.store.review.reads import read_standing
from kb.store.review.standing import Standing
from kb.tables import (
    TABLES,
    Claim,
    Measurement,
    Model,
    Plan,
    Release,
    Sighting,
    Source,
    Verdict,
    VerdictEvidence,
)
from kb.tables.base import Table, get_columns, get_name


def read_all(session: Session, table: type[Table]) -> Sequence[Any]:
    """Return every row of a table, in the order of its primary key."""
    keys = [column for column in get_columns(table) if column.primary_key]
    return session.exec(select(table).order_by(*keys)).all()


def read_counts(session: Session) -> dict[str, int]:
    """Return how many rows each table holds."""
    return {
        get_name(table): session.exec(select(func.count()).select_from(table)).one()
        for table in TABLES
    }


def read_sources_by_id(session: Session) -> dict[str, Source]:
    """Return all sources by id."""
    return {source.id: source for source in session.exec(select(Source))}


def read_latest_verdicts(session: Session) -> dict[str, Verdict]:
    """Return the verdict in force for each claim: the one that no other supersedes."""
    verdicts = drop_superseded(session.exec(select(Verdict)))
    return {verdict.claim_id: verdict for verdict in verdicts}


def read_evidence_ids(session: Session) -> dict[str, list[str]]:
    """Return for each verdict the measurements it rests on, the weightiest first."""
    found: dict[str, list[str]] = {}
    for link in session.exec(select(VerdictEvidence).order_by(col(VerdictEvidence.position))):
        found.setdefault(link.verdict_id, []).append(link.measurement_id)
    return found


def read_cases(session: Session, today: date) -> Iterable[Case]:
    """Yield every claim in force with its subject, the subject's family, all evidence on them.

    What a machine read and nobody reviewed is neither judged nor evidence.
    """
    standing, claim_of_plan = read_standing(session), _read_claims_of_plans(session)
    hidden = standing.hidden_claims
    claims = select(Claim).where(is_in_force(Claim)).order_by(col(Claim.id))
    releases = select(Release).where(is_in_force(Release))
    results = select(Measurement).where(is_in_force(Measurement)).order_by(col(Measurement.id))
    yield from make_cases(
        CaseRows(
            claims=[claim for claim in session.exec(claims) if claim.id not in hidden],
            models=session.exec(select(Model).where(is_published(Model))).all(),
            releases=session.exec(releases).all(),
            measurements=[
                row
                for row in session.exec(results)
                if row.id not in standing.hidden_results
                and claim_of_plan.get(row.plan_id or "") not in hidden
            ],
            claim_of_plan=claim_of_plan,
            judgements=[fact for fact in read_judgements(session) if hidden.isdisjoint(fact.pair)],
            said=list(_read_said(session, standing)),
        ),
        today,
    )


def _read_claims_of_plans(session: Session) -> dict[str, str]:
    return dict(session.exec(select(Plan.id, Plan.claim_id)).all())


def _read_said(session: Session, standing: Standing) -> Iterable[Said]:
    """Each sighting that is shown, with its document."""
    seen = (
        select(Sighting, Source)
        .join(Source, col(Source.id) == col(Sighting.source_id))
        .where(is_in_force(Sighting))
    )
    for sighting, source in session.exec(seen):
        if standing.is_shown(sighting.id):
            yield make_said(standing.find_claim_id(sighting), sighting, source)
