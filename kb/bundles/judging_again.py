"""Judge a verdict again from its rows alone: no database, the same rules."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kb.domain.errors import UserError
from kb.domain.ids import make_content_id
from kb.rules.discovery import find_rules
from kb.rules.judging import judge_case
from kb.rules.rule import Finding, Rule
from kb.rules.verdict_ids import make_verdict_id, make_worded_id
from kb.store.claims.cases import CaseRows, make_cases, make_said
from kb.store.claims.judgements import make_fact
from kb.store.claims.sentences import SentenceRows, make_sentences
from kb.store.claims.verdicts import find_differences
from kb.tables import (
    Claim,
    Judgement,
    Measurement,
    Model,
    Plan,
    Release,
    Sighting,
    Source,
    Verdict,
    VerdictEvidence,
)
from kb.tables.base import Table

Row = TypeVar("Row", bound=Table)


def judge_again(rows: Sequence[Table]) -> list[str]:
    """Return how what the rule says now differs from the one verdict among the rows.

    Raises UserError where there is no such verdict, or no such rule in this version any more.
    """
    verdict = find_verdict(rows)
    rule, finding = _judge(rows, verdict)
    evidence_ids = _list_evidence_ids(rows)
    differences = find_differences(verdict, evidence_ids, rule, finding)
    own_id = _make_id(verdict, evidence_ids, rule, finding)
    if own_id != verdict.id:
        differences["id"] = own_id, verdict.id
    return [f"{name}: {now}, recorded {recorded}" for name, (now, recorded) in differences.items()]


def _judge(rows: Sequence[Table], verdict: Verdict) -> tuple[Rule, Finding]:
    if not has_rule(verdict):
        raise UserError(
            f"{verdict.id} was given by the rule {verdict.rule}, which this version of As Claimed "
            "does not have; use the version that made it"
        )
    claim = next((row for row in pick(rows, Claim) if row.id == verdict.claim_id), None)
    if claim is None:
        raise UserError(f"{verdict.id}: its claim {verdict.claim_id} is missing")
    try:
        cases = make_cases(_make_case_rows(rows, claim), verdict.judged_at.date())
        return judge_case(next(iter(cases)))
    except KeyError as error:
        raise UserError(f"{verdict.id}: {error} is missing among its rows") from None


def has_rule(verdict: Verdict) -> bool:
    """Whether this version of As Claimed has the rule that gave the verdict, in that version."""
    return verdict.rule in {rule.label for rule in find_rules()}


def check_stored_id(rows: Sequence[Table]) -> list[str]:
    """Return how the id of the verdict differs from what its row says; that needs no rule."""
    verdict = find_verdict(rows)
    evidence_ids = _list_evidence_ids(rows)
    own_id = _make_stored_id(verdict, evidence_ids)
    if verdict.explanation is not None:
        own_id = _make_worded_id(verdict, evidence_ids)
    return [] if own_id == verdict.id else [f"id: {own_id}, recorded {verdict.id}"]


def _make_stored_id(verdict: Verdict, evidence_ids: Sequence[str]) -> str:
    return make_content_id(
        "ver", verdict.claim_id, verdict.supersedes_id, verdict.rule, verdict.outcome,
        verdict.basis, verdict.numbers, verdict.facts, list(evidence_ids),
    )  # fmt: skip


def _list_evidence_ids(rows: Sequence[Table]) -> list[str]:
    links = sorted(pick(rows, VerdictEvidence), key=lambda link: link.position)
    return [link.measurement_id for link in links]


def _make_id(verdict: Verdict, evidence_ids: Sequence[str], rule: Rule, finding: Finding) -> str:
    """The id of the verdict; while sentences were stored, they were part of it."""
    if verdict.explanation is None:
        return make_verdict_id(verdict.claim_id, verdict.supersedes_id, rule, finding)
    return _make_worded_id(verdict, evidence_ids)


def _make_worded_id(verdict: Verdict, evidence_ids: Sequence[str]) -> str:
    return make_worded_id(
        verdict.claim_id,
        verdict.supersedes_id,
        verdict.rule,
        verdict.outcome,
        verdict.basis,
        str(verdict.explanation),
        evidence_ids,
    )


def say_verdict(rows: Sequence[Table]) -> str:
    """Return the sentence of the one verdict among the rows, made from them by today's words."""
    verdict = find_verdict(rows)
    _, finding = _judge(rows, verdict)
    told = Verdict.model_validate(verdict.model_dump() | {"facts": finding.facts})
    results = {row.id: row for row in pick(rows, Measurement)}
    sentences = make_sentences(
        SentenceRows(
            verdicts=[told],
            links=pick(rows, VerdictEvidence),
            claims=pick(rows, Claim),
            models=pick(rows, Model),
            measurements=[results[key] for key in _list_evidence_ids(rows) if key in results],
        )
    )
    return sentences[verdict.id].text


def find_verdict(rows: Iterable[Table]) -> Verdict:
    """Return the one verdict among the rows; raise UserError when there is another number."""
    found = pick(rows, Verdict)
    if len(found) != 1:
        raise UserError(f"holds {len(found)} verdicts; a bundle is about one")
    return found[0]


def pick(rows: Iterable[Table], table: type[Row]) -> list[Row]:
    """Return the rows of one table."""
    return [row for row in rows if isinstance(row, table)]


def _make_case_rows(rows: Sequence[Table], claim: Claim) -> CaseRows:
    """The claim comes first, and so does its case."""
    sources = {source.id: source for source in pick(rows, Source)}
    others = [other for other in pick(rows, Claim) if other.id != claim.id]
    return CaseRows(
        claims=[claim, *others],
        models=pick(rows, Model),
        releases=pick(rows, Release),
        measurements=sorted(pick(rows, Measurement), key=lambda result: result.id),
        claim_of_plan={plan.id: plan.claim_id for plan in pick(rows, Plan)},
        judgements=[make_fact(judgement) for judgement in pick(rows, Judgement)],
        said=[
            make_said(sighting.claim_id, sighting, sources[sighting.source_id])
            for sighting in pick(rows, Sighting)
        ],
    )
