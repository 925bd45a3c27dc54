"""The id of a verdict, made from all it says."""

from kb.domain.ids import make_content_id
from kb.rules import Finding, Rule


def list_evidence_ids(finding: Finding) -> list[str]:
    """Return the measurements that a finding rests on, each once, the weightiest first."""
    return list(dict.fromkeys(each.id for each in finding.evidence))


def make_verdict_id(claim_id: str, supersedes_id: str | None, rule: Rule, finding: Finding) -> str:
    """Return the id of the verdict that a rule's finding makes."""
    return make_content_id(
        "ver",
        claim_id,
        supersedes_id,
        rule.label,
        finding.outcome,
        finding.basis,
        finding.explanation,
        list_evidence_ids(finding),
    )
