"""Audits in the base: loaded once, and again when they were added to."""

import shutil

import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.load import run_load
from kb.domain.audits import AuditOutcome
from kb.domain.in_force.superseding import drop_superseded
from kb.records.audits.drafts import FactJudgement
from kb.records.audits.facts import list_facts
from kb.stages.load import read_records
from kb.store.audit_files import add_judgements, begin_audit
from kb.store.database import open_session
from kb.tables import Audit, AuditJudgement
from tests.dumps import dump
from tests.records.test_audits import TODAY


@pytest.fixture
def folder(tmp_path, records):
    shutil.copytree(records, tmp_path / "records", ignore=shutil.ignore_patterns("runs", "audits"))
    return tmp_path / "records"


def test_an_audit_that_was_added_to_takes_the_place_of_what_was_loaded(settings, folder):
    audit = begin_audit(folder, list_facts(read_records(folder)), 5, 3, TODAY)
    path = folder / "audits" / f"{TODAY}-3.yaml"
    run_load(settings, folder)
    once = dump(settings.url)
    run_load(settings, folder)
    assert dump(settings.url) == once
    for reader in ("Ada", "Bob"):
        add_judgements(path, reader, [
            FactJudgement(fact=fact.id, outcome=AuditOutcome.RIGHT, judged_on=TODAY)
            for fact in audit.draft.facts
        ])  # fmt: skip
    before = path.read_bytes()
    wrong = {"fact": audit.draft.facts[0].id, "outcome": "wrong", "parts": ["date"]}
    add_judgements(path, "Bob", [FactJudgement(**wrong, judged_on=TODAY)])
    run_load(settings, folder)
    assert read_current(settings) == (1, 9, 1)
    path.write_bytes(before)  # Bob takes it back, and after a while does it again
    run_load(settings, folder)
    assert read_current(settings) == (1, 10, 0)


def read_current(settings):
    """How many audits are current, and their right and wrong judgements."""
    with open_session(settings.url) as session:
        current = drop_superseded(session.exec(select(Audit)))
        found = session.exec(select(AuditJudgement)).all()
        outcomes = [row.outcome for row in found if row.audit_id in {audit.id for audit in current}]
    return len(current), outcomes.count("right"), outcomes.count("wrong")
