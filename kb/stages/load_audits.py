"""Load audits: what readers found when they held the records against their sources."""

from collections.abc import Iterable

from sqlmodel import Session, select

from kb.domain.in_force.superseding import drop_superseded
from kb.records.audits.drafts import AuditDraft
from kb.records.audits.files import AuditFile, make_audit_name
from kb.store.audit_rows import make_audit_id, make_audit_rows
from kb.store.insert import insert_once
from kb.tables import Audit


def load_audits(session: Session, audits: Iterable[AuditFile]) -> int:
    """Insert what the audits say and commit; return how many rows are new.

    One that was added to takes the place of what was loaded of it before.
    """
    current = {audit.name: audit for audit in drop_superseded(session.exec(select(Audit)))}
    added = 0
    for audit in audits:
        draft = audit.draft
        rows = make_audit_rows(draft, _find_superseded(draft, current))
        added += insert_once(session, rows)
    session.commit()
    return added


def _find_superseded(draft: AuditDraft, current: dict[str, Audit]) -> str | None:
    """The id of what this audit takes the place of: its own predecessor's if nothing changed."""
    before = current.get(make_audit_name(draft))
    if before is None or make_audit_id(draft, before.supersedes_id) == before.id:
        return before.supersedes_id if before else None
    return before.id
