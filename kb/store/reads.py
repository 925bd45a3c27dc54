"""Named reads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlmodel import Session, col, func, select

from kb.domain.attributions import Kin, find_parents
from kb.domain.claim_types import Operator
from kb.domain.drafts import Availability, Conditions
from kb.domain.judgements import Groups
from kb.domain.outcomes import Basis
from kb.domain.rules import Case, ClaimFact, Evidence, ReleaseFact, Subject
from kb.store.judgements import read_groups
from kb.tables import TABLES, Claim, Measurement, Model, Plan, Release, Sighting, Source, Verdict
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
    verdicts = session.exec(select(Verdict)).all()
    superseded = {verdict.supersedes_id for verdict in verdicts}
    return {each.claim_id: each for each in verdicts if each.id not in superseded}


def read_cases(session: Session, today: date) -> Iterable[Case]:
    """Yield every claim with its subject, the subject's kin and all evidence on them."""
    subjects = _read_subjects(session)
    families: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects.values():
        families[subject.variant_of or subject.id].append(subject)
    groups, said_on = read_groups(session), _read_first_days(session)
    claim_of_plan = {plan.id: plan.claim_id for plan in session.exec(select(Plan))}
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for row in session.exec(select(Measurement).order_by(col(Measurement.id))):
        claim_id = claim_of_plan.get(row.plan_id or "")
        evidence[row.model_id].append(_make_evidence(row, subjects[row.model_id], claim_id))
    for claim in session.exec(select(Claim).order_by(col(Claim.id))):
        subject = subjects[claim.model_id]
        kin = tuple(_find_kin(subject, subjects, families))
        found = [
            _take_over(each, claim.id, groups)
            for model in (subject, *kin)
            for each in evidence[model.id]
        ]
        fact = _make_claim_fact(claim, said_on.get(claim.id))
        yield Case(fact, subject, kin, tuple(found), today)


def _read_first_days(session: Session) -> dict[str, str]:
    """The first day each claim was said on, as its sightings tell or the documents' own dates."""
    rows = session.exec(
        select(Sighting.claim_id, col(Sighting.said_on), col(Source.published_on)).join(
            Source, col(Source.id) == col(Sighting.source_id)
        )
    )
    days: dict[str, str] = {}
    for claim_id, said_on, published_on in rows:
        day = said_on or (published_on.isoformat() if published_on else None)
        if day is not None:
            days[claim_id] = min(day, days.get(claim_id, day))
    return days


def _take_over(evidence: Evidence, claim_id: str, groups: Groups) -> Evidence:
    """What was measured for a claim was measured for all that say the same in other words."""
    measured = evidence.claim_id
    if measured is None or measured == claim_id:
        return evidence
    is_one = groups.get_canonical(measured) == groups.get_canonical(claim_id)
    return replace(evidence, claim_id=claim_id) if is_one else evidence


def _find_kin(
    subject: Subject, subjects: dict[str, Subject], families: dict[str, list[Subject]]
) -> Iterable[Subject]:
    """A model's variants, and the model or family it is a variant of; not its siblings."""
    parent = subjects.get(subject.variant_of or "")
    if parent is not None:
        yield parent
    yield from (each for each in families[subject.id] if each.id != subject.id)


def _read_subjects(session: Session) -> dict[str, Subject]:
    """Models with the releases that a record documents; a file of some name proves nothing.

    What each is a variant of is declared in a record, or told by its name.
    """
    releases: dict[str, list[ReleaseFact]] = defaultdict(list)
    documented = select(Release).where(col(Release.published_on).is_not(None))
    for release in session.exec(documented.order_by(col(Release.published_on), col(Release.id))):
        releases[release.model_id].append(ReleaseFact(release.repository, release.published_on))
    models = session.exec(select(Model)).all()
    parents = find_parents(Kin(row.id, row.name, row.vendor, row.variant_of) for row in models)
    return {
        model.id: Subject(
            model.id,
            model.name,
            model.vendor,
            Availability(model.availability),
            parents.get(model.id),
            tuple(releases[model.id]),
        )
        for model in models
    }


def _make_claim_fact(claim: Claim, said_on: str | None) -> ClaimFact:
    return ClaimFact(
        claim.id,
        claim.claim_type,
        claim.claimed_text,
        claim.said_by,
        claim.metric,
        claim.claimed_value,
        claim.claimed_high,
        claim.unit,
        None if claim.operator is None else Operator(claim.operator),
        Conditions.model_validate(claim.conditions),
        said_on,
    )


def _make_evidence(row: Measurement, model: Subject, claim_id: str | None) -> Evidence:
    return Evidence(
        row.id,
        model,
        Basis(row.basis),
        row.metric,
        row.value,
        row.low,
        row.high,
        row.text,
        row.unit,
        row.n,
        row.n_unit,
        row.rank,
        Conditions.model_validate(row.conditions),
        row.reported_by,
        row.as_of,
        claim_id,
    )
