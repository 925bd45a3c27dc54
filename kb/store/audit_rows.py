"""An audit file → rows: the audit, each judgement, each correction."""

from collections.abc import Iterator

from kb.domain.ids import make_content_id
from kb.records.audits.drafts import AuditDraft, FactDraft
from kb.records.audits.files import make_audit_name
from kb.store.insert import make_row
from kb.tables import Audit, AuditCorrection, AuditJudgement
from kb.tables.base import Table


def make_audit_id(draft: AuditDraft, supersedes_id: str | None) -> str:
    """Return the id of an audit as it is told now."""
    return make_content_id("aud", draft.model_dump(mode="json"), supersedes_id)


def make_audit_rows(draft: AuditDraft, supersedes_id: str | None) -> Iterator[Table]:
    """Yield the rows of an audit, which takes the place of what was loaded of it before."""
    audit_id = make_audit_id(draft, supersedes_id)
    yield make_row(
        Audit, id=audit_id, supersedes_id=supersedes_id, name=make_audit_name(draft),
        day=draft.day, seed=draft.seed, sample=draft.sample, drawn_from=draft.drawn_from,
        digest=draft.digest, note=draft.note,
    )  # fmt: skip
    facts = {fact.id: fact for fact in draft.facts}
    yield from _make_judgements(draft, audit_id, facts)
    yield from _make_corrections(draft, audit_id, facts)


def _make_judgements(
    draft: AuditDraft, audit_id: str, facts: dict[str, FactDraft]
) -> Iterator[AuditJudgement]:
    for reader in draft.readers:
        for position, found in enumerate(reader.judgements, 1):
            fact = facts.get(found.fact or "")
            yield make_row(
                AuditJudgement,
                id=make_content_id("adj", audit_id, reader.name, position),
                audit_id=audit_id,
                position=position,
                reader=reader.name,
                fact_id=found.fact,
                kind=fact.kind if fact else None,
                place=found.where or _name_place(fact),
                says=fact.says if fact else None,
                source_url=str(fact.source["url"]) if fact else None,
                facts=found.facts,
                outcome=found.outcome,
                parts=[part.value for part in found.parts],
                note=found.note,
                judged_on=found.judged_on,
            )


def _make_corrections(
    draft: AuditDraft, audit_id: str, facts: dict[str, FactDraft]
) -> Iterator[AuditCorrection]:
    for number, done in enumerate(draft.corrected):
        yield make_row(
            AuditCorrection,
            id=make_content_id("adc", audit_id, number),
            audit_id=audit_id,
            fact_id=done.fact,
            place=done.where or _name_place(facts.get(done.fact or "")),
            corrected_on=done.corrected_on,
            what=done.what,
        )


def _name_place(fact: FactDraft | None) -> str:
    return f"{fact.file}:{fact.line}" if fact else ""
