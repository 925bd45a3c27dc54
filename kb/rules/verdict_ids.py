"""What makes a verdict the one it is: its data, and never its sentence."""

from collections.abc import Mapping, Sequence
from typing import Any

from kb.domain.ids import make_content_id
from kb.rules.rule import Finding, Rule

# `joint/1` once kept sentences among its figures; they are no part of what a verdict says.
_ONCE_SENTENCES = ("pairs",)


def list_evidence_ids(finding: Finding) -> list[str]:
    """Return the measurements that a finding rests on, each once, the weightiest first."""
    return list(dict.fromkeys(result.id for result in finding.evidence))


def make_verdict_id(claim_id: str, supersedes_id: str | None, rule: Rule, finding: Finding) -> str:
    """Return the id of the verdict that a rule's finding makes."""
    return make_content_id(
        "ver",
        claim_id,
        supersedes_id,
        rule.label,
        finding.outcome,
        finding.basis,
        finding.numbers,
        finding.facts,
        list_evidence_ids(finding),
    )


def make_worded_id(
    claim_id: str,
    supersedes_id: str | None,
    rule: str,
    outcome: str,
    basis: str,
    explanation: str,
    evidence_ids: Sequence[str],
) -> str:
    """Return the id that a verdict had while its sentence was part of it."""
    parts = claim_id, supersedes_id, rule, outcome, basis, explanation, list(evidence_ids)
    return make_content_id("ver", *parts)


def drop_sentences(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures of a verdict without the sentences that older ones hold among them."""
    return {name: figure for name, figure in numbers.items() if name not in _ONCE_SENTENCES}
