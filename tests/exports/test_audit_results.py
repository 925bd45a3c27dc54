"""What audits found, in the published file: equal to what `kb audit show` says of the same file."""

from datetime import date

import duckdb
import pytest

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.load import run_load
from kb.records.audits.drafts import FactJudgement
from kb.records.audits.facts import list_facts
from kb.records.audits.views import make_audit_view
from kb.settings import Settings
from kb.stages.load import read_records
from kb.store.audit_files import add_judgements, begin_audit, read_audit
from tests.cli.toybox import RECORD
from tests.dashboard.sample_edition import republish

DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """A published toy base with an audit of two readers, a third in the middle; and its file."""
    root = tmp_path_factory.mktemp("audited")
    folder = root / "records"
    folder.mkdir()
    (folder / "toybox.yaml").write_text(RECORD)
    begun = begin_audit(folder, list_facts(read_records(folder)), 4, 7, DAY)
    path = folder / "audits" / f"{DAY}-7.yaml"
    ids = [fact.id for fact in begun.draft.facts]
    for reader, wrong, most in (("Ada", (0,), 4), ("Bob", (0, 2), 4), ("Cy", (), 2)):
        add_judgements(path, reader, [_judge(key, n in wrong) for n, key in enumerate(ids[:most])])
    settings = Settings(home=root / "home")
    run_init(settings)
    run_load(settings, folder)
    republish(settings.home)
    with duckdb.connect(str(settings.home / "published.duckdb"), read_only=True) as connection:
        yield connection, make_audit_view(read_audit(path).draft)


def _judge(fact_id, is_wrong):
    wrong = {"outcome": "wrong", "parts": ["speaker"], "note": "another said it"}
    found = wrong if is_wrong else {"outcome": "right"}
    return FactJudgement(fact=fact_id, judged_on=DAY, **found)


def test_shares_and_agreement_are_those_of_the_command(audited):
    connection, view = audited
    rows = connection.execute(
        "select reader, readers, facts, right_count, wrong_speaker_count, low, high, compared, "
        "agreed, kappa from audit_result order by reader"
    ).fetchall()
    shares = [*view["readers"], view["overall"]]
    assert [row[0] for row in rows] == ["Ada", "Bob", None]
    for row, share in zip(rows, shares, strict=True):
        names = ("facts", "right", "wrong_speakers", "low", "high")
        assert list(row[2:7]) == [share[name] for name in names]
        assert row[1] == 2
    (agreement,) = view["agreement"]
    assert rows[2][7:] == (agreement["facts"], agreement["same"], agreement["kappa"])
    assert rows[2][7:9] == (4, 3)


def test_what_was_found_is_listed_with_its_words(audited):
    connection, view = audited
    rows = connection.execute(
        "select reader, place, outcome, note, source_url from audit_findings where reader <> 'Cy'"
    ).fetchall()
    found = [
        (row["reader"], row["place"], row["outcome"], row["note"], row["source_url"])
        for row in view["found"]
    ]
    assert sorted(rows) == sorted(found)
    assert len(rows) == 3
