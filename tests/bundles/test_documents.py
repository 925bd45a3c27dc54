"""Archived documents in bundles: carried and checked, or said to be absent, and why."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import col, select

from kb.bundles import making
from kb.bundles.bundle import README, make_files, parse_bundle
from kb.bundles.making import make_bundle
from kb.bundles.readme import render_readme
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.domain.drafts import SourceDraft
from kb.domain.errors import UserError
from kb.store.archive.origins import Brought, Fetched
from kb.store.archive.snapshots import make_snapshot
from kb.store.archive.warc_files import store_snapshot
from kb.store.database import open_session
from kb.store.insert import insert_once
from kb.store.reads import read_latest_verdicts
from kb.store.rows import make_source
from kb.tables import Claim
from tests.processes import run_kb
from verifiers.replaying.bundles import replay_bundle

URL = "https://board.example/elo"
PAGE = b"<h1>Board</h1><p>Toybox-7B is rated <b>1,401</b> of our people.</p>"
RECORD = """\
model: {name: Toybox-7B, vendor: Toys, availability: released, availability_source: card}
sources:
  card: {url: 'https://toys.example/card', publisher: Toys, kind: model_card, read_on: 2026-11-20}
  board:
    url: https://board.example/elo
    publisher: Board
    kind: leaderboard
    read_on: 2026-11-20
    sha256: DIGEST
claims:
  - type: elo
    claimed: '1500'
    conditions: {board: Board}
    sightings:
      - {source: card, quote: rated 1500, said_on: 2026-11-01}
      - {source: board, quote: 'Toybox-7B is rated 1,401'}
results:
  - metric: elo
    value: 1401
    low: 1390
    high: 1410
    n: 3000
    n_unit: votes
    as_of: 2026-11-20
    conditions: {board: Board}
    reported_by: Board
    evidence: run
    source: board
    locator: first line
"""


@pytest.fixture
def verdict(settings, tmp_path):
    """A verdict on what a board reports; the claim's card is archived nowhere."""
    fetched = Fetched(
        URL, PAGE, datetime(2026, 11, 20, tzinfo=UTC), 200, {"content-type": "text/html"}
    )
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "toybox.yaml").write_text(RECORD.replace("DIGEST", fetched.sha256))
    run_load(settings, folder)
    run_judge(settings)
    return judge(settings)


def judge(settings):
    with open_session(settings.url) as session:
        claim = session.exec(select(Claim).where(col(Claim.claim_type) == "elo")).one()
        return read_latest_verdicts(session)[claim.id].id


def archive_page(settings, body=PAGE, url=URL):
    """Put a copy of the board's page into the archive."""
    fetched = Fetched(
        url, body, datetime(2026, 11, 20, tzinfo=UTC), 200, {"content-type": "text/html"}
    )
    with open_session(settings.url) as session:
        draft = SourceDraft(url=url, publisher="Board", kind="leaderboard")
        source = make_source(draft)
        insert_once(session, [source])
        row = make_snapshot(source, fetched, Brought("page"), None)
        store_snapshot(settings.archive, row.archive_name, fetched)
        insert_once(session, [row])
        session.commit()
        return row.archive_name


def make(settings, verdict_id):
    from kb.tables import Verdict

    with open_session(settings.url) as session:
        made = make_bundle(session, settings.archive, session.get_one(Verdict, verdict_id))
    files = make_files(made, render_readme(made.about))
    return parse_bundle(files, "toy"), files


def test_without_an_archived_copy_it_says_so(settings, verdict):
    bundle, files = make(settings, verdict)
    accounts = {account["url"]: account for account in bundle.about["sources"]}
    assert {account["why_not"] for account in accounts.values()} == {"no copy of it is archived"}
    assert accounts[URL]["behind"] == ["claim", "evidence"]
    assert b"2 of the 2 documents behind this verdict cannot be checked from bytes" in files[README]
    replay = replay_bundle(bundle, "toy")
    assert replay.differences == ()
    assert [words for words in replay.not_checked if words.startswith(URL)] == [
        f"{URL}, behind the claim and evidence: no copy of it is archived"
    ]
    assert any("applied again" in words for words in replay.checked)
    assert not any("archived" in words for words in replay.checked)


def test_an_archived_copy_is_carried_and_quote_and_figure_are_found_in_it(settings, verdict):
    name = archive_page(settings)
    bundle, _ = make(settings, verdict)
    assert list(bundle.snapshots) == [name]
    replay = replay_bundle(bundle, "toy")
    assert replay.differences == ()
    assert "1 archived document against the SHA-256 on record" in replay.checked
    assert "1 quote in the text of the archived bytes" in replay.checked
    assert "1 reported figure in the archived copy of the source" in replay.checked
    assert not any(URL in words for words in replay.not_checked)
    assert any("toys.example/card" in words for words in replay.not_checked)


def test_the_bytes_that_were_read_count_under_another_address(settings, verdict):
    """A record cites the page about a file; a crawl fetched the file itself."""
    name = archive_page(settings, url="https://raw.board.example/elo.html")
    bundle, _ = make(settings, verdict)
    account = next(account for account in bundle.about["sources"] if account["url"] == URL)
    assert (account["archived"], account["is_as_read"]) == ([name], True)
    replay = replay_bundle(bundle, "toy")
    assert "1 quote in the text of the archived bytes" in replay.checked
    assert "1 reported figure in the archived copy of the source" in replay.checked


def test_a_figure_or_quote_that_is_not_in_another_version_is_told(settings, verdict):
    archive_page(settings, PAGE.replace(b"1,401", b"1,355"))
    bundle, _ = make(settings, verdict)
    replay = replay_bundle(bundle, "toy")
    assert replay.differences == ()
    assert any(
        "another version than the one that was read" in words for words in replay.not_checked
    )
    assert any("the quote is not in the archived copy" in words for words in replay.not_checked)
    assert any(
        "not found in the archived copy" in words and "first line" in words
        for words in replay.not_checked
    )


def test_what_is_too_large_is_left_out_with_the_reason(settings, verdict, monkeypatch):
    archive_page(settings)
    monkeypatch.setattr(making, "MAX_SNAPSHOTS_BYTES", 10)
    bundle, _ = make(settings, verdict)
    assert bundle.snapshots == {}
    account = next(account for account in bundle.about["sources"] if account["url"] == URL)
    assert "more than 10 bytes together" in account["why_not"]
    assert any("more than 10 bytes" in words for words in replay_bundle(bundle, "toy").not_checked)


def test_a_forged_account_or_quote_is_found_out(settings, verdict):
    archive_page(settings)
    bundle, _ = make(settings, verdict)
    forged = [{**account, "why_not": None} for account in bundle.about["sources"]]
    altered = replace(bundle, about=bundle.about | {"sources": forged})
    assert (
        "the manifest says otherwise which documents are here"
        in replay_bundle(altered, "x").differences
    )
    rows = [
        row | {"quote": "Toybox-7B is rated 1,500"} if "1,401" in row["quote"] else row
        for row in bundle.rows["sighting"]
    ]
    altered = replace(bundle, rows=bundle.rows | {"sighting": rows})
    assert any("bytes that were read" in words for words in replay_bundle(altered, "x").differences)


def test_a_source_that_was_taken_out_is_told(settings, verdict):
    bundle, _ = make(settings, verdict)
    altered = replace(bundle, rows=bundle.rows | {"source": bundle.rows["source"][:1]})
    with pytest.raises(UserError, match="no such source among the rows"):
        replay_bundle(altered, "x")


def test_the_commands_say_what_was_not_checked(settings, verdict, tmp_path):
    path = tmp_path / "toy.tar.gz"
    done = run_kb(settings, "bundle", verdict, "--to", str(path))
    assert f"cannot be checked from bytes: {URL}" in done.stderr
    done = run_kb(settings, "replay", str(path))
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith("same verdict, not all of it checked: toy.tar.gz")
    assert "same result" not in done.stderr
    assert f"not checked: {URL}" in done.stderr


def test_a_rule_that_is_not_here_is_not_called_the_same(settings, verdict, tmp_path, monkeypatch):
    bundle, _ = make(settings, verdict)
    (row,) = bundle.rows["verdict"]
    older = row | {"rule": f"{row['rule'].partition('/')[0]}/0"}
    bundle = replace(
        bundle, rows=bundle.rows | {"verdict": [older]}, about=bundle.about | {"verdict": older}
    )
    replay = replay_bundle(bundle, "old")
    assert not replay.is_judged_again
    assert replay.sentence is None
    assert replay.not_checked[0].startswith(f"the rule {older['rule']}: this version")


def test_a_key_of_a_weights_header_is_read_again(measured, files):
    """The quote is `key = value`, and its offsets are those of the key, in bytes."""
    bundle = parse_bundle(files, "smol")
    (row,) = (row for row in bundle.rows["sighting"] if row["quote"].startswith("llama."))
    assert replay_bundle(bundle, "smol").differences == ()
    for change in (
        {"quote": "llama.context_length = 9000"},
        {"quote_start": row["quote_start"] + 1},
    ):
        rows = [row | change if other == row else other for other in bundle.rows["sighting"]]
        altered = replace(bundle, rows=bundle.rows | {"sighting": rows})
        differences = replay_bundle(altered, "smol").differences
        assert any("at its offsets" in words for words in differences), differences
