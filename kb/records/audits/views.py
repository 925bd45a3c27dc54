"""What an audit found, as plain values: shares, agreement, findings."""

from typing import Any

from kb.domain.audits import (
    AuditOutcome,
    AuditShare,
    compare_readers,
    list_readers,
    make_overall_share,
    make_share,
)
from kb.records.audits.drafts import AuditDraft, FactJudgement
from kb.records.audits.files import make_audit_name


def make_audit_view(draft: AuditDraft) -> dict[str, Any]:
    """Return what is to be told of an audit; readers who are not finished are only counted."""
    judged = draft.list_judged()
    readers = list_readers(judged)
    shares = [make_share(name, (j for j in judged if j.reader == name)) for name in readers]
    return {
        "name": make_audit_name(draft),
        "day": draft.day.isoformat(),
        "seed": draft.seed,
        "sample": draft.sample,
        "drawn_from": draft.drawn_from,
        "digest": draft.digest,
        "note": draft.note,
        "readers": [_view_share(share) for share in shares],
        "overall": _view_share(make_overall_share(judged)) if judged else None,
        "agreement": [vars(agreement) for agreement in compare_readers(judged)],
        "unfinished": _count_unfinished(draft),
        "found": _list_found(draft),
        "corrected": [done.model_dump(mode="json") for done in draft.corrected],
    }


def _view_share(share: AuditShare) -> dict[str, Any]:
    interval = share.interval
    return {
        "reader": share.reader,
        "facts": share.facts,
        **{outcome.value: share.counts[outcome] for outcome in AuditOutcome},
        "wrong_speakers": share.wrong_speakers,
        "share_right": share.right / share.facts,
        "low": interval.low,
        "high": interval.high,
    }


def _count_unfinished(draft: AuditDraft) -> dict[str, int]:
    """How many facts those have judged who are not finished."""
    return {
        reader.name: sum(found.facts for found in reader.judgements)
        for reader in draft.readers
        if not draft.is_finished_by(reader)
    }


def _list_found(draft: AuditDraft) -> list[dict[str, Any]]:
    return [
        _view_finding(draft, reader.name, found)
        for reader in draft.readers
        if draft.is_finished_by(reader)
        for found in reader.judgements
        if found.outcome is not AuditOutcome.RIGHT
    ]


def _view_finding(draft: AuditDraft, reader: str, found: FactJudgement) -> dict[str, Any]:
    fact = next((fact for fact in draft.facts if fact.id == found.fact), None)
    return {
        "reader": reader,
        "place": f"{fact.file}:{fact.line}" if fact else found.where,
        "fact": found.fact,
        "facts": found.facts,
        "outcome": found.outcome.value,
        "parts": [part.value for part in found.parts],
        "note": found.note,
        "says": fact.says if fact else None,
        "source_url": fact.source["url"] if fact else None,
    }
