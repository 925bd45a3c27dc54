"""Judge: claims and evidence → verdicts; a verdict that has not changed is not given again."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from kb.rules.judging import judge_case
from kb.rules.rule import Finding, Rule
from kb.rules.verdict_ids import list_evidence_ids, make_verdict_id
from kb.store.claims.verdicts import find_differences
from kb.store.insert import insert_once, make_row
from kb.store.reads import read_cases, read_evidence_ids, read_latest_verdicts
from kb.tables import Verdict, VerdictEvidence
from kb.tables.base import Table, now_utc


@dataclass
class JudgeReport:
    """How many claims were judged, how many verdicts are new, and the outcomes."""

    claims: int = 0
    new_verdicts: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)


def judge_claims(session: Session, today: date | None = None) -> JudgeReport:
    """Judge every claim and commit; `today` only matters for promises with a date."""
    latest, evidence_ids = read_latest_verdicts(session), read_evidence_ids(session)
    report = JudgeReport()
    rows: list[Table] = []
    for case in read_cases(session, today or now_utc().date()):
        rule, finding = judge_case(case)
        report.claims += 1
        report.outcomes[finding.outcome] += 1
        previous = latest.get(case.claim.id)
        if previous and not find_differences(
            previous, evidence_ids.get(previous.id, []), rule, finding
        ):
            _complete(previous, finding)
            continue
        rows += _make_rows(case.claim.id, previous, rule, finding)
        report.new_verdicts += 1
    rows.sort(key=lambda row: isinstance(row, VerdictEvidence))
    insert_once(session, rows)
    session.commit()
    return report


def _complete(verdict: Verdict, finding: Finding) -> None:
    """Give a verdict the facts that it lacks; one from before they were kept says the same."""
    if verdict.facts is None:
        verdict.facts = finding.facts


def _make_rows(
    claim_id: str, previous: Verdict | None, rule: Rule, finding: Finding
) -> list[Table]:
    supersedes = previous.id if previous else None
    verdict = make_row(
        Verdict,
        id=make_verdict_id(claim_id, supersedes, rule, finding),
        claim_id=claim_id,
        outcome=finding.outcome,
        basis=finding.basis,
        rule=rule.label,
        numbers=finding.numbers,
        facts=finding.facts,
        supersedes_id=supersedes,
        judged_at=now_utc(),
    )
    links = (
        make_row(
            VerdictEvidence, verdict_id=verdict.id, measurement_id=measurement_id, position=position
        )
        for position, measurement_id in enumerate(list_evidence_ids(finding))
    )
    return [verdict, *links]
