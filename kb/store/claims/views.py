"""Claims as readers see them, from the database; `kb.domain.claim_views` decides their form."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from sqlmodel import Session, col, select

from kb.domain.claim_views import ClaimRows, View, make_claim_view
from kb.domain.in_force.corrections import find_successor
from kb.domain.in_force.judgements import Groups
from kb.models.attributions import Attribution
from kb.models.speakers import find_maker, make_speech
from kb.store.claims.attributions import read_attributions
from kb.store.claims.corrections import read_corrections
from kb.store.claims.histories import read_current_sightings, read_histories
from kb.store.claims.judgements import read_groups
from kb.store.claims.sentences import read_sentences
from kb.store.in_force import is_in_force
from kb.store.reads import read_latest_verdicts, read_sources_by_id
from kb.store.review.reads import read_standing
from kb.store.review.standing import Standing, describe_review
from kb.tables import Claim, Measurement, Model, Plan, Source, VendorReply, Verdict, VerdictEvidence

RowsByClaim = defaultdict[str, list[dict[str, Any]]]


def read_claim_views(session: Session) -> list[View]:
    """Return every claim as a JSON-ready object, founding claims first.

    Of claims that say the same in other words only the one that stands for them is given. A claim
    that is out of force is left out.
    """
    standing = read_standing(session)
    groups = read_groups(session, standing.hidden_claims)
    members = groups.list_members()
    parts = _Parts(session, groups, standing)
    claims = session.exec(select(Claim).where(is_in_force(Claim)).order_by(col(Claim.id))).all()
    ordered = sorted(claims, key=_founding_first)
    found = (
        parts.collect(claim, members.get(claim.id, [claim.id]))
        for claim in ordered
        if groups.get_canonical(claim.id) == claim.id
    )
    return [make_claim_view(rows) for rows in found if rows.sightings]


def _founding_first(claim: Claim) -> tuple[bool, str, str]:
    return claim.seed is None, claim.seed or "", claim.model_id


class _Parts:
    """All that views are made of, by claim."""

    def __init__(self, session: Session, groups: Groups, standing: Standing) -> None:
        sources = read_sources_by_id(session)
        self.models = {model.id: model for model in session.exec(select(Model))}
        self.verdicts = read_latest_verdicts(session)
        self.sentences = read_sentences(session, self.verdicts.values())
        self.bearers = read_attributions(session, standing.hidden_results)
        self.sightings = _by_claim(
            row.model_dump()
            | _name_source(sources.get(row.source_id))
            | {"review": describe_review(standing.get_review(row.id))}
            for row in read_current_sightings(session, standing)
        )
        self.measurements = _read_measurements(session, self.verdicts, sources)
        self.changes = _by_claim(
            vars(history) | _name_source(sources.get(history.source_id))
            for history in read_histories(session, groups, standing)
            if history.gone_id is not None
        )
        corrections = read_corrections(session)
        self.corrections = _by_claim(row | {"claim_id": row["about_id"]} for row in corrections)
        self.replies = _by_claim(_read_replies(session, corrections))

    def collect(self, claim: Claim, members: list[str]) -> ClaimRows:
        """Return the rows of one claim; `members` say the same, itself among them."""
        verdict = self.verdicts.get(claim.id)
        vendor = self.models[claim.model_id].vendor
        sightings = _take(self.sightings, members)
        speeches = (make_speech(row, row["source_kind"]) for row in sightings)
        maker = find_maker(speeches, vendor, claim.question)
        return ClaimRows(
            claim=claim.model_dump() | maker.as_columns(),
            vendor=vendor,
            verdict=self._name_verdict(verdict) if verdict else None,
            figure_of=self._name_bearer(self.bearers.get(claim.id)),
            member_ids=members,
            sightings=sightings,
            measurements=_take(self.measurements, members),
            changes=self.changes[claim.id],
            replies=_take(self.replies, members),
            corrections=_take(self.corrections, members),
        )

    def _name_verdict(self, verdict: Verdict) -> dict[str, Any]:
        """A verdict with its sentence, which is made when it is read."""
        return verdict.model_dump() | {"explanation": self.sentences[verdict.id].text}

    def _name_bearer(self, bearer: Attribution | None) -> dict[str, Any] | None:
        """Whose figure it is, where that is not the model it was said of."""
        if bearer is None:
            return None
        model = self.models[bearer.model_id]
        return {"name": model.name, "availability": model.availability, **vars(bearer)}


def _read_replies(session: Session, corrections: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What vendors answered; an answer to a claim that was corrected goes with what stands now."""
    for row in session.exec(select(VendorReply)):
        claim_id = find_successor(row.claim_id, corrections) or row.claim_id
        yield row.model_dump() | {"claim_id": claim_id}


def _by_claim(rows: Iterable[dict[str, Any]]) -> RowsByClaim:
    found: RowsByClaim = defaultdict(list)
    for row in rows:
        found[row["claim_id"]].append(row)
    return found


def _take(rows: RowsByClaim, claim_ids: list[str]) -> list[dict[str, Any]]:
    return [row for claim_id in claim_ids for row in rows[claim_id]]


def _name_source(source: Source | None) -> dict[str, Any]:
    if source is None:
        return {"source_url": None, "publisher": None, "source_kind": None}
    return {
        "source_url": source.url, "publisher": source.publisher, "source_kind": source.kind,
    }  # fmt: skip


def _read_measurements(
    session: Session, verdicts: dict[str, Verdict], sources: dict[str, Source]
) -> RowsByClaim:
    """What each verdict rests on, and all that was measured for the claim here."""
    rows = {row.id: row for row in session.exec(select(Measurement))}
    wanted = _list_wanted(session, verdicts, rows.values())
    return _by_claim(
        rows[key].model_dump()
        | _name_source(sources.get(rows[key].source_id or ""))
        | {"claim_id": claim_id}
        for claim_id, key in sorted(wanted)
    )


def _list_wanted(
    session: Session, verdicts: dict[str, Verdict], measurements: Iterable[Measurement]
) -> set[tuple[str, str]]:
    """Pairs of a claim and a measurement that belongs to it."""
    claim_of_verdict = {verdict.id: claim_id for claim_id, verdict in verdicts.items()}
    claim_of_plan = {plan.id: plan.claim_id for plan in session.exec(select(Plan))}
    wanted = {
        (claim_of_verdict[link.verdict_id], link.measurement_id)
        for link in session.exec(select(VerdictEvidence))
        if link.verdict_id in claim_of_verdict
    }
    return wanted | {(claim_of_plan[row.plan_id], row.id) for row in measurements if row.plan_id}
