"""The sentences of verdicts, from rows; these may come from a database, an edition or a bundle."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from kb.domain.drafts import Availability
from kb.domain.outcomes import Outcome
from kb.rules.case import Evidence, Subject
from kb.rules.rule import VerdictFact
from kb.rules.sentences import Sentence, render_verdict
from kb.store.claims.cases import make_claim_fact, make_evidence
from kb.tables import Claim, Measurement, Model, Verdict, VerdictEvidence


@dataclass(frozen=True)
class SentenceRows:
    """What sentences are made from: verdicts, and every row that they lead to."""

    verdicts: Sequence[Verdict]
    links: Iterable[VerdictEvidence]
    claims: Iterable[Claim]
    models: Iterable[Model]
    measurements: Iterable[Measurement]


def make_sentences(rows: SentenceRows) -> dict[str, Sentence]:
    """Return the sentence of each verdict by its id.

    A verdict without facts was given when its sentence was stored, and keeps it.
    """
    claims = {claim.id: claim for claim in rows.claims}
    models = {model.id: _make_subject(model) for model in rows.models}
    results = {row.id: make_evidence(row, models[row.model_id], None) for row in rows.measurements}
    evidence = _order_evidence(rows.links, results)
    return {
        verdict.id: Sentence(verdict.explanation or "")
        if verdict.facts is None
        else render_verdict(
            _make_fact(verdict, claims[verdict.claim_id], models, evidence[verdict.id])
        )
        for verdict in rows.verdicts
    }


def read_sentences(session: Session, verdicts: Collection[Verdict]) -> dict[str, Sentence]:
    """Return the sentences of these verdicts by their ids."""
    ids = {verdict.id for verdict in verdicts}
    links = [link for link in session.exec(select(VerdictEvidence)) if link.verdict_id in ids]
    wanted = {link.measurement_id for link in links}
    measurements = session.exec(select(Measurement).order_by(col(Measurement.id)))
    return make_sentences(
        SentenceRows(
            verdicts=list(verdicts),
            links=links,
            claims=session.exec(select(Claim)),
            models=session.exec(select(Model)),
            measurements=[row for row in measurements if row.id in wanted],
        )
    )


def _make_subject(model: Model) -> Subject:
    return Subject(model.id, model.name, model.vendor, Availability(model.availability))


def _order_evidence(
    links: Iterable[VerdictEvidence], results: Mapping[str, Evidence]
) -> defaultdict[str, tuple[Evidence, ...]]:
    ordered = sorted(links, key=lambda link: link.position)
    found: defaultdict[str, tuple[Evidence, ...]] = defaultdict(tuple)
    for link in ordered:
        found[link.verdict_id] += (results[link.measurement_id],)
    return found


def _make_fact(
    verdict: Verdict,
    claim: Claim,
    models: Mapping[str, Subject],
    evidence: tuple[Evidence, ...],
) -> VerdictFact:
    return VerdictFact(
        claim=make_claim_fact(claim, None),
        model=models[claim.model_id].name,
        rule=verdict.rule,
        outcome=Outcome(verdict.outcome),
        numbers=verdict.numbers,
        facts=verdict.facts or {},
        evidence=evidence,
    )
