"""Judge a verdict again from its rows alone: no database, the same rules."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from kb.domain.errors import UserError
from kb.rules import RULES, judge_case
from kb.rules.verdict_ids import list_evidence_ids, make_verdict_id
from kb.store.claims.cases import CaseRows, make_cases
from kb.store.claims.judgements import make_fact
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
    if verdict.rule not in {rule.label for rule in RULES}:
        raise UserError(
            f"{verdict.id} was given by the rule {verdict.rule}, which this version of As Claimed "
            "does not have; use the version that made it"
        )
    claim = next((each for each in pick(rows, Claim) if each.id == verdict.claim_id), None)
    if claim is None:
        raise UserError(f"{verdict.id}: its claim {verdict.claim_id} is missing")
    try:
        cases = make_cases(_make_case_rows(rows, claim), verdict.judged_at.date())
        rule, finding = judge_case(next(iter(cases)))
    except KeyError as error:
        raise UserError(f"{verdict.id}: {error} is missing among its rows") from None
    links = sorted(pick(rows, VerdictEvidence), key=lambda each: each.position)
    now = {
        "rule": (rule.label, verdict.rule),
        "outcome": (str(finding.outcome), verdict.outcome),
        "basis": (str(finding.basis), verdict.basis),
        "explanation": (finding.explanation, verdict.explanation),
        "numbers": (finding.numbers, verdict.numbers),
        "evidence": (list_evidence_ids(finding), [each.measurement_id for each in links]),
        "id": (make_verdict_id(claim.id, verdict.supersedes_id, rule, finding), verdict.id),
    }
    return [
        f"{name}: {again}, recorded {recorded}"
        for name, (again, recorded) in now.items()
        if again != recorded
    ]


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
    published = {each.id: each.published_on for each in pick(rows, Source)}
    others = [each for each in pick(rows, Claim) if each.id != claim.id]
    return CaseRows(
        claims=[claim, *others],
        models=pick(rows, Model),
        releases=pick(rows, Release),
        measurements=sorted(pick(rows, Measurement), key=lambda each: each.id),
        claim_of_plan={each.id: each.claim_id for each in pick(rows, Plan)},
        judgements=[make_fact(each) for each in pick(rows, Judgement)],
        days_said=[
            (each.claim_id, each.said_on, published[each.source_id])
            for each in pick(rows, Sighting)
        ],
    )
