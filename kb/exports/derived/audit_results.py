"""The table of what audits found: facts right by reader and for all, with interval, agreement."""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from kb.domain.audits import (
    Agreement,
    AuditOutcome,
    AuditShare,
    FactPart,
    Judged,
    compare_readers,
    list_readers,
    make_overall_share,
    make_share,
)
from kb.domain.in_force.superseding import drop_superseded

NAME = "audit_result"
COMMENT = (
    "What each audit of the records found, by reader and for all readers together, in whose row a "
    "fact counts as right if no reader found fault with it. Readers who have not judged the whole "
    "sample are not counted."
)
COLUMNS = {
    "audit_id": "The audit.",
    "day": "The day of the draw.",
    "seed": "The seed that gives the sample again.",
    "reader": "Who judged; empty for all together.",
    "readers": "How many readers have judged the whole sample.",
    "facts": "How many facts were judged.",
    "right_count": "How many were right.",
    "wrong_count": "How many were wrong.",
    "not_in_source_count": "Of how many the source does not say so.",
    "could_not_check_count": "How many could not be held against their source.",
    "wrong_speaker_count": "How many had a wrong speaker.",
    "share_right": "Share of the facts that are right.",
    "low": "Lower end of its 95% interval.",
    "high": "Upper end of its 95% interval.",
    "compared": "How many facts two readers both judged; in the row for all, if there are two.",
    "agreed": "Of how many they gave the same judgement.",
    "kappa": "Cohen's kappa; empty where both judged every fact alike.",
    "drawn_from": "How many facts the records held.",
}
_KINDS = {
    "audit_id": pa.string(), "day": pa.date32(), "reader": pa.string(),
    "share_right": pa.float64(), "low": pa.float64(), "high": pa.float64(), "kappa": pa.float64(),
}  # fmt: skip
_SCHEMA = pa.schema([(name, _KINDS.get(name, pa.int64())) for name in COLUMNS])


def make_audit_results(audits: Sequence[Any], judgements: Sequence[Any]) -> pa.Table:
    """Return the rows of every current audit that a reader has judged whole."""
    current = sorted(drop_superseded(audits), key=lambda audit: (audit.day, audit.name))
    rows = [row for audit in current for row in _make_rows(audit, judgements)]
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def _make_rows(audit: Any, judgements: Sequence[Any]) -> Iterator[dict[str, Any]]:
    of_audit = [row for row in judgements if row.audit_id == audit.id]
    judged = _list_finished(audit.sample, [_as_judged(row) for row in of_audit])
    if not judged:
        return
    readers = list_readers(judged)
    agreement = next(iter(compare_readers(judged)), None) if len(readers) == 2 else None
    for name in readers:
        share = make_share(name, (one for one in judged if one.reader == name))
        yield _make_row(audit, share, len(readers), None)
    yield _make_row(audit, make_overall_share(judged), len(readers), agreement)


def _as_judged(row: Any) -> Judged:
    parts = tuple(FactPart(part) for part in row.parts)
    return Judged(row.reader, row.fact_id, AuditOutcome(row.outcome), parts, row.facts)


def _list_finished(sample: int, judged: Sequence[Judged]) -> list[Judged]:
    totals = {
        name: sum(one.facts for one in judged if one.reader == name)
        for name in sorted(list_readers(judged))
    }
    return [
        one for name in totals if totals[name] == sample for one in judged if one.reader == name
    ]


def _make_row(
    audit: Any, share: AuditShare, readers: int, agreement: Agreement | None
) -> dict[str, Any]:
    return {
        "audit_id": audit.id,
        "day": audit.day,
        "seed": audit.seed,
        "reader": share.reader,
        "readers": readers,
        "facts": share.facts,
        **{f"{outcome.value}_count": share.counts[outcome] for outcome in AuditOutcome},
        "wrong_speaker_count": share.wrong_speakers,
        "share_right": share.right / share.facts,
        "low": share.interval.low,
        "high": share.interval.high,
        "compared": agreement and agreement.facts,
        "agreed": agreement and agreement.same,
        "kappa": agreement and agreement.kappa,
        "drawn_from": audit.drawn_from,
    }
