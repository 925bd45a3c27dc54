"""Compare what a rule finds with a verdict on record: by what it says, never by how."""

from collections.abc import Sequence
from typing import Any

from kb.rules.rule import Finding, Rule
from kb.rules.verdict_ids import drop_sentences, list_evidence_ids
from kb.tables import Verdict


def find_differences(
    verdict: Verdict, evidence_ids: Sequence[str], rule: Rule, finding: Finding
) -> dict[str, tuple[Any, Any]]:
    """Return by name what the finding says and the verdict says otherwise: now, and recorded.

    Facts that a verdict never had, since it is older than they are, are no difference.
    """
    compared: dict[str, tuple[Any, Any]] = {
        "rule": (rule.label, verdict.rule),
        "outcome": (str(finding.outcome), verdict.outcome),
        "basis": (str(finding.basis), verdict.basis),
        "numbers": (finding.numbers, drop_sentences(verdict.numbers)),
        "evidence": (list_evidence_ids(finding), list(evidence_ids)),
    }
    is_older = verdict.facts is None and verdict.explanation is not None
    if not is_older:
        compared["facts"] = finding.facts, verdict.facts
    return {name: pair for name, pair in compared.items() if pair[0] != pair[1]}
