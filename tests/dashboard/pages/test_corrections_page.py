"""Readers of an old address are led on and told what was wrong; all corrections are listed."""

import json

import pytest

from dashboard.reads.claim_json import make_view
from dashboard.reads.claims import read_claim
from dashboard.reads.events import CHANGES, CORRECTIONS, read_events
from dashboard.reads.published import find_edition
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.publish import run_publish
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.tables import VendorReply
from tests.dashboard.page_runs import run_page
from tests.processes import run_kb
from tests.stages.living_base import A_DAY, RECORD, dump_in_force, load, make_base
from tests.stages.test_corrections import NOTED
from tests.stages.test_living_base import change

NOTE = (
    "Corrected on 28 November 2026: the claim was “256K tokens”, now “200K tokens”. "
    "We misread the page."
)
GONE = "Withdrawn on 28 November 2026: we no longer record “7B” as a claim. We misread the page."
KINDS = ("figure", "vendor", "release", "result")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A base with much corrected, published; and the ids of its claims before."""
    settings = make_base(tmp_path_factory.mktemp("corrected"))
    load(settings, RECORD)
    old = {row["claimed_text"]: row["id"] for row in dump_in_force(settings)["claim"]}
    with open_session(settings.url) as session:
        reply = make_row(
            VendorReply, id="rep_1", claim_id=old["256K tokens"], vendor="Toys", said_by="A. Toy",
            text="We never said so.", url="https://toys.example/reply", accepted_by="B",
            accepted_at=A_DAY,
        )  # fmt: skip
        insert_once(session, [reply])
        session.commit()
    changes = {key: value for kind in KINDS for key, value in NOTED[kind].items()}
    record = change(**changes)
    record["withdrawn"] = [
        record["claims"].pop(1) | {"on": "2026-11-28", "why": "We misread the page."}
    ]
    load(settings, record)
    run_judge(settings)
    run_publish(settings)
    return settings, old


def test_an_old_address_leads_to_what_stands_now_with_the_note(base):
    settings, old = base
    text = run_page("claim", settings.home, id=old["256K tokens"])
    assert NOTE in text
    assert "200K tokens" in text.split("\n")[0]
    assert "the model was “Toys Toy 2”, now “Other Toys Toy 2”" in text
    assert "We never said so." in text, "a reply goes with the claim"
    assert "There is no claim" in run_page("claim", settings.home, id="clm_0")


def test_the_page_of_a_withdrawn_claim_says_so(base):
    settings, old = base
    text = run_page("claim", settings.home, id=old["7B"])
    assert GONE in text


def test_the_page_of_a_model_tells_its_corrections(base):
    settings, _ = base
    for key in ("toys/toy-2", "other-toys/toy-2"):
        text = run_page("models", settings.home, id=key)
        assert "the vendor was “Toys”, now “Other Toys”" in text
        assert "the repository was “toys/toy-2”, now “toys/toy-2-chat”" in text
        assert "the value was “64000”, now “32000”" in text


def test_all_corrections_are_listed_and_part_of_what_changed(base):
    settings, _ = base
    text = run_page("corrections", settings.home)
    assert "5 corrections" in text
    for words in ("256K tokens", "toys/toy-2-chat", "“7B”", "64000", "Other Toys"):
        assert words in text
    edition = find_edition(settings.home / "published.duckdb")
    kinds = [row["kind"] for row in read_events(edition, (*CHANGES, *CORRECTIONS))]
    assert kinds.count("corrected") == 4 and kinds.count("taken_back") == 1
    front = run_page("", settings.home)
    assert "Corrected by us: we misread the page" in front
    assert "Taken back by us: We misread the page." in front


def test_the_command_leads_on_too(base, monkeypatch):
    settings, old = base
    shown = run_kb(settings, "show", old["256K tokens"])
    assert "was corrected; this stands in its place" in shown.stderr
    assert NOTE in " ".join(shown.stdout.split())
    gone = run_kb(settings, "show", old["7B"])
    assert (gone.returncode, " ".join(gone.stdout.split())) == (0, GONE)
    listed = json.loads(run_kb(settings, "corrections", "--json").stdout)
    assert len(listed) == len(dump_in_force(settings)["correction"]) >= 6
    assert NOTE in run_kb(settings, "corrections").stdout


def test_page_and_command_give_the_same_view(base):
    settings, _ = base
    edition = find_edition(settings.home / "published.duckdb")
    with open_session(settings.url) as session:
        (view,) = read_claim_views(session)
    claim = read_claim(edition, view["id"])
    assert make_view(edition, claim) == view
    assert [row["was"] for row in view["corrections"] if row["field"] == "claimed"] == [
        "256K tokens"
    ]
    assert view["vendor_replies"][0]["text"] == "We never said so."
