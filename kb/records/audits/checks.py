"""Checks of audit files: the sample is the one drawn, and each judgement is of a fact in it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kb.records.audits.drafts import AuditDraft
from kb.records.audits.facts import Fact, compute_facts_digest, draw_facts, make_fact_id
from kb.records.audits.files import AuditFile, make_audit_name
from kb.records.files import Problem, Severity


def check_audits(audits: Iterable[AuditFile], facts: Sequence[Fact]) -> list[Problem]:
    """Return what is wrong in the audits; `facts` are those of the records as they are now."""
    digest = compute_facts_digest(facts)
    return [problem for audit in audits for problem in _check_audit(audit, facts, digest)]


def _check_audit(audit: AuditFile, facts: Sequence[Fact], digest: str) -> Iterable[Problem]:
    yield from _check_name(audit)
    yield from _check_facts(audit)
    if audit.draft.digest == digest:
        yield from _check_draw(audit, facts)
    yield from _check_judgements(audit)
    yield from _check_corrections(audit)


def _check_name(audit: AuditFile) -> Iterable[Problem]:
    wanted = make_audit_name(audit.draft)
    if not audit.name.endswith(wanted):
        yield audit.problem(("day",), f"an audit of this day and seed is called {wanted}")


def _check_facts(audit: AuditFile) -> Iterable[Problem]:
    draft = audit.draft
    if draft.facts and (len(draft.facts) != draft.sample or draft.digest is None):
        words = f"{len(draft.facts)} facts of {draft.sample}; an audit holds all it drew"
        yield audit.problem(("facts",), f"{words}, and the digest of the records")
    if draft.sample > draft.drawn_from:
        yield audit.problem(("sample",), f"larger than the {draft.drawn_from} facts there were")
    seen: set[str] = set()
    for i, fact in enumerate(draft.facts):
        if make_fact_id(fact.kind, fact.says, fact.source) != fact.id:
            words = "the id does not fit what the fact says; restore it as it was drawn"
            yield audit.problem(("facts", i), f"{fact.id}: {words}")
        if fact.id in seen:
            yield audit.problem(("facts", i), f"{fact.id} is drawn twice; keep one")
        seen.add(fact.id)


def _check_draw(audit: AuditFile, facts: Sequence[Fact]) -> Iterable[Problem]:
    """The records are still those that were audited: the seed must give these facts again."""
    draft = audit.draft
    drawn = [fact.id for fact in draw_facts(facts, min(draft.sample, len(facts)), draft.seed)]
    if draft.drawn_from != len(facts) or [fact.id for fact in draft.facts] != drawn:
        words = "not the facts that this seed draws from these records"
        yield audit.problem(("facts",), f"{words}; a sample is not chosen by hand")


def _check_judgements(audit: AuditFile) -> Iterable[Problem]:
    draft = audit.draft
    names = Counter(reader.name for reader in draft.readers)
    known = {fact.id for fact in draft.facts}
    for i, reader in enumerate(draft.readers):
        if names[reader.name] > 1:
            yield audit.problem(("readers", i), f"reader {reader.name!r} is there twice; join them")
        done: set[str | None] = set()
        for j, found in enumerate(reader.judgements):
            path = ("readers", i, "judgements", j)
            if found.fact is not None and found.fact not in known:
                yield audit.problem(path, f"{found.fact} is not in the sample; judge what is")
            if found.fact is not None and found.fact in done:
                yield audit.problem(path, f"{found.fact} is judged twice by one reader; keep one")
            done.add(found.fact)
        yield from _check_total(audit, draft, i)


def _check_total(audit: AuditFile, draft: AuditDraft, i: int) -> Iterable[Problem]:
    reader = draft.readers[i]
    total = sum(found.facts for found in reader.judgements)
    if total > draft.sample:
        yield audit.problem(("readers", i), f"{total} judgements of {draft.sample} facts")
    elif total < draft.sample:
        words = f"{reader.name} has judged {total} of {draft.sample} facts and is not counted yet"
        yield audit.problem(("readers", i), f"{words}; `kb audit` goes on", Severity.WARNING)


def _check_corrections(audit: AuditFile) -> Iterable[Problem]:
    known = {fact.id for fact in audit.draft.facts}
    for i, done in enumerate(audit.draft.corrected):
        if done.fact is not None and done.fact not in known:
            yield audit.problem(("corrected", i), f"{done.fact} is not in the sample")
