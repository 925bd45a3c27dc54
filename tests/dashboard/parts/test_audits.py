"""The last audit in words, as a newspaper would print them."""

from datetime import date

from dashboard.parts.audits import tell_audit, tell_speakers
from dashboard.reads.audits import LastAudit, read_last_audit
from dashboard.reads.published import find_edition
from kb.records.audits.views import make_audit_view
from kb.store.audit_files import read_audits
from tests.conftest import PROJECT
from tests.dashboard.page_runs import run_page


def make_row(reader, right, **more):
    return {
        "reader": reader, "facts": 50, "right_count": right, "wrong_speaker_count": 0,
        "low": 0.895, "high": 0.996, "day": date(2026, 11, 28), "compared": None, "agreed": None,
        "kappa": None, **more,
    }  # fmt: skip


def test_one_reader():
    audit = LastAudit([make_row("A", 34)], make_row(None, 34, low=0.542, high=0.792), [], [])
    assert tell_audit(audit) == (
        "In the last audit, on 28 November 2026, one reader held 50 facts on record against their "
        "sources: 34 were right (95% interval 54% to 79%)."
    )
    assert tell_speakers(audit) == "No fact named a wrong speaker."


def test_two_readers_and_their_agreement():
    overall = make_row(None, 48, compared=50, agreed=49, kappa=0.66, wrong_speaker_count=1)
    audit = LastAudit([make_row("A", 49), make_row("B", 48)], overall, [], [])
    assert tell_audit(audit) == (
        "In the last audit, on 28 November 2026, two readers each held 50 facts on record against "
        "their sources: 49 and 48 were right. No reader found fault with 48 of the 50 (95% "
        "interval 90% to 100%)."
    )
    assert tell_speakers(audit) == (
        "1 fact named a wrong speaker. The two readers agreed on 49 of 50 facts (Cohen's kappa "
        "0.66)."
    )


def test_the_pages_tell_the_newest_audit_on_record(sample_home):
    """From the files in records/audits: nothing of it stands in the pages."""
    view = next(
        view
        for audit in reversed(read_audits(PROJECT / "records")[0])
        if (view := make_audit_view(audit.draft))["overall"]
    )
    audit = read_last_audit(find_edition(sample_home / "published.duckdb"))
    words = tell_audit(audit)
    assert all(str(reader["right"]) in words for reader in view["readers"])
    assert f"{100 * view['overall']['low']:.0f}% to {100 * view['overall']['high']:.0f}%" in words
    for address in ("", "method"):
        assert words in run_page(address, sample_home)
    for found in view["found"][:20]:
        assert not found["note"] or found["note"].split(";")[0][:40] in run_page(
            "method", sample_home
        )
