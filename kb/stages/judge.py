"""Judge: claims and evidence → verdicts; a verdict that has not changed is not given again."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from kb.rules import Case, judge_case
from kb.rules.verdict_ids import list_evidence_ids, make_verdict_id
from kb.store.insert import insert_once, make_row
from kb.store.reads import read_cases, read_latest_verdicts
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
    latest = read_latest_verdicts(session)
    report = JudgeReport()
    rows: list[Table] = []
    for case in read_cases(session, today or now_utc().date()):
        verdict, evidence = _make_verdict(case, latest.get(case.claim.id))
        report.claims += 1
        report.outcomes[verdict.outcome] += 1
        if verdict.id != getattr(latest.get(case.claim.id), "id", None):
            rows += [verdict, *evidence]
            report.new_verdicts += 1
    rows.sort(key=lambda row: isinstance(row, VerdictEvidence))
    insert_once(session, rows)
    session.commit()
    return report


def _make_verdict(case: Case, previous: Verdict | None) -> tuple[Verdict, list[VerdictEvidence]]:
    rule, finding = judge_case(case)
    if previous is not None:
        same = make_verdict_id(case.claim.id, previous.supersedes_id, rule, finding)
        if same == previous.id:
            return previous, []
    supersedes = previous.id if previous else None
    verdict = make_row(
        Verdict,
        id=make_verdict_id(case.claim.id, supersedes, rule, finding),
        claim_id=case.claim.id,
        outcome=finding.outcome,
        basis=finding.basis,
        rule=rule.label,
        explanation=finding.explanation,
        numbers=finding.numbers,
        supersedes_id=supersedes,
        judged_at=now_utc(),
    )
    links = [
        make_row(VerdictEvidence, verdict_id=verdict.id, measurement_id=each, position=position)
        for position, each in enumerate(list_evidence_ids(finding))
    ]
    return verdict, links
