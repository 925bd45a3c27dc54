"""`kb review`: nothing is on record before a person accepts it, and then it is, with the reason."""

import json

import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.load import run_load
from kb.records.proposals import parse_proposal
from kb.settings import ProposalLimits
from kb.store.database import open_session
from kb.store.home.proposals import insert_proposal
from kb.tables import Claim, Sighting, VendorReply
from tests.processes import run_kb
from tests.store.test_proposals import CLAIM, REPLY

SAID = ("--by", "R. Reviewer", "--reason", "stands there")


@pytest.fixture
def send(settings):
    def put(values):
        return insert_proposal(settings.queue, parse_proposal(values), "x", ProposalLimits())[0]

    return put


def read_rows(settings, table):
    with open_session(settings.url) as session:
        return session.exec(select(table)).all()


def test_an_accepted_claim_is_a_record_and_in_the_base(settings, send):
    key = send(CLAIM)
    assert read_rows(settings, Claim) == []
    listed = json.loads(run_kb(settings, "review", "list", "--json").stdout)
    assert [proposal["id"] for proposal in listed] == [key]
    done = run_kb(settings, "review", "accept", key, *SAID, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["state"] == "accepted"
    (claim,) = read_rows(settings, Claim)
    assert claim.claimed_value == 128_000
    (seen,) = read_rows(settings, Sighting)
    assert seen.said_by == "Toys"
    (path,) = (settings.home / "accepted").glob("*.yaml")
    assert run_kb(settings, "validate", str(path)).returncode == 0
    before = path.read_bytes()
    assert run_kb(settings, "review", "accept", key, *SAID).returncode == 0  # again, after a kill
    assert path.read_bytes() == before
    assert len(read_rows(settings, Sighting)) == 1
    done = run_kb(settings, "review", "reject", key, *SAID)
    assert done.returncode == 1
    assert "on record stays" in done.stderr


def test_a_model_that_is_on_record_is_meant_by_any_of_its_names(settings, send, records):
    run_load(settings, records)
    scout = {"model": "Llama-4-Scout-17B-16E", "vendor": "Meta", "claimed": "11M tokens"}
    key = send({**CLAIM, **scout})
    assert run_kb(settings, "review", "accept", key, *SAID).returncode == 0
    found = [claim for claim in read_rows(settings, Claim) if claim.claimed_text == "11M tokens"]
    assert [claim.model_id for claim in found] == ["meta/llama-4-scout"]


def test_what_is_no_good_record_is_refused_and_stays_open(settings, send):
    key = send({**CLAIM, "claimed": "very long"})
    done = run_kb(settings, "review", "accept", key, *SAID)
    assert done.returncode == 1
    assert "is no quantity" in done.stderr
    assert json.loads(run_kb(settings, "review", "list", "--json").stdout)[0]["state"] == "open"
    assert read_rows(settings, Claim) == []
    run_kb(settings, "review", "ask", key, "--by", "R", "--reason", "how long?")
    told = run_kb(settings, "review", "show", key[:7]).stdout
    assert "asked by R" in told


def test_a_reply_stands_beside_its_claim(settings, send, records):
    run_load(settings, records)
    before = json.loads(run_kb(settings, "show", "S01", "--json").stdout)
    key = send(REPLY)
    for _ in range(2):
        done = run_kb(settings, "review", "accept", key, *SAID)
        assert done.returncode == 0, done.stderr
    (reply,) = read_rows(settings, VendorReply)
    assert (reply.text, reply.accepted_by) == ("No.", "R. Reviewer")
    after = json.loads(run_kb(settings, "show", "S01", "--json").stdout)
    assert [reply["text"] for reply in after["vendor_replies"]] == ["No."]
    assert {**after, "vendor_replies": []} == before  # it removes nothing
    key = send({**REPLY, "claim": "S99"})
    done = run_kb(settings, "review", "accept", key, *SAID)
    assert (done.returncode, "no claim 'S99'" in done.stderr) == (1, True)
