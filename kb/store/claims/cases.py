"""The cases that rules judge, made from rows; the rows may come from a database or a bundle."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from kb.domain.claim_types import Operator
from kb.domain.drafts import Availability, Conditions
from kb.domain.in_force.judgements import Groups, JudgementFact, make_groups
from kb.domain.outcomes import Basis, EvidenceKind
from kb.models.attributions import Kin, find_parents
from kb.rules.case import Case, ClaimFact, Evidence, ReleaseFact, Subject
from kb.store.claims.rivals import Rivals
from kb.tables import Claim, Measurement, Model, Release, Sighting, Source


class Said(NamedTuple):
    """A sighting, as far as cases need it; `published_on` and `by` are of its document."""

    claim_id: str
    said_on: str | None
    published_on: date | None
    source_id: str
    by: str
    disputes: bool


def make_said(claim_id: str, sighting: Sighting, source: Source) -> Said:
    """Return a sighting of a claim as cases need it."""
    by = source.author or source.publisher
    day = source.published_on
    return Said(claim_id, sighting.said_on, day, source.id, by, sighting.disputes)


@dataclass(frozen=True)
class CaseRows:
    """What cases are made from; measurements in the order of their ids."""

    claims: Sequence[Claim]
    models: Sequence[Model]
    releases: Sequence[Release]
    measurements: Sequence[Measurement]
    claim_of_plan: Mapping[str, str]
    judgements: Iterable[JudgementFact]
    said: Sequence[Said]


def make_cases(rows: CaseRows, today: date) -> Iterable[Case]:
    """Yield every claim with its subject, the subject's family and all evidence on them."""
    subjects = _make_subjects(rows.models, rows.releases)
    families: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects.values():
        families[subject.variant_of or subject.id].append(subject)
    founding_rows = {claim.id: claim.seed for claim in rows.claims if claim.seed}
    rivals = Rivals(rows.models)
    groups, said_on = make_groups(rows.judgements, founding_rows), _find_first_days(rows.said)
    objected = _find_objected(rows.said)
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for row in rows.measurements:
        claim_id = rows.claim_of_plan.get(row.plan_id or "")
        evidence[row.model_id].append(make_evidence(row, subjects[row.model_id], claim_id))
    for claim in rows.claims:
        subject = subjects[claim.model_id]
        family = tuple(_find_family(subject, subjects, families))
        found = [
            _take_over(evidence_row, claim.id, groups)
            for model in (subject, *family)
            for evidence_row in evidence[model.id]
        ]
        fact = make_claim_fact(claim, said_on.get(claim.id), objected.get(claim.id, ()))
        named = rivals.list_compared(fact.conditions.compared_to, subject.id)
        compared = tuple((name, subjects[key]) for name, key in named)
        against = dict.fromkeys(model.id for _, model in compared)
        on_rivals = tuple(result for key in against for result in evidence[key])
        yield Case(fact, subject, family, tuple(found), today, compared, on_rivals)


def _find_objected(rows: Sequence[Said]) -> dict[str, tuple[str, ...]]:
    """By claim, who print it and an objection to it in one document."""
    made = {(row.claim_id, row.source_id) for row in rows if not row.disputes}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in sorted(rows, key=lambda row: row.by):
        if row.disputes and (row.claim_id, row.source_id) in made:
            found[row.claim_id][row.by] = None
    return {claim_id: tuple(names) for claim_id, names in found.items()}


def _find_first_days(rows: Sequence[Said]) -> dict[str, str]:
    """The first day each claim was said on, as its sightings tell or the documents' own dates."""
    days: dict[str, str] = {}
    for row in rows:
        day = row.said_on or (row.published_on.isoformat() if row.published_on else None)
        if day is not None:
            days[row.claim_id] = min(day, days.get(row.claim_id, day))
    return days


def _take_over(evidence: Evidence, claim_id: str, groups: Groups) -> Evidence:
    """What was measured for a claim was measured for all that say the same in other words."""
    measured = evidence.claim_id
    if measured is None or measured == claim_id:
        return evidence
    is_one = groups.get_canonical(measured) == groups.get_canonical(claim_id)
    return replace(evidence, claim_id=claim_id) if is_one else evidence


def _find_family(
    subject: Subject, subjects: dict[str, Subject], families: dict[str, list[Subject]]
) -> Iterable[Subject]:
    """A model's variants, and the model or family it is a variant of; not its siblings."""
    parent = subjects.get(subject.variant_of or "")
    if parent is not None:
        yield parent
    yield from (relative for relative in families[subject.id] if relative.id != subject.id)


def _make_subjects(models: Sequence[Model], releases: Sequence[Release]) -> dict[str, Subject]:
    """Models with the releases that a record documents; a file of some name proves nothing.

    What each is a variant of is declared in a record, or told by its name.
    """
    facts: dict[str, list[ReleaseFact]] = defaultdict(list)
    documented = ((row.published_on, row.id, row) for row in releases if row.published_on)
    for published_on, _, row in sorted(documented, key=lambda document: document[:2]):
        facts[row.model_id].append(ReleaseFact(row.repository, published_on))
    parents = find_parents(Kin(row.id, row.name, row.vendor, row.variant_of) for row in models)
    return {
        model.id: Subject(
            model.id,
            model.name,
            model.vendor,
            Availability(model.availability),
            parents.get(model.id),
            tuple(facts[model.id]),
        )
        for model in models
    }


def make_claim_fact(
    claim: Claim, said_on: str | None, objected_in: tuple[str, ...] = ()
) -> ClaimFact:
    """Return a claim as rules see it."""
    return ClaimFact(
        claim.id,
        claim.claim_type,
        claim.claimed_text,
        claim.metric,
        claim.claimed_value,
        claim.claimed_high,
        claim.unit,
        None if claim.operator is None else Operator(claim.operator),
        Conditions.model_validate(claim.conditions),
        said_on,
        claim.question,
        objected_in,
    )


def make_evidence(row: Measurement, model: Subject, claim_id: str | None) -> Evidence:
    """Return a result as rules see it."""
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
        None if row.evidence is None else EvidenceKind(row.evidence),
    )
