"""The form: what it writes, and what it does not take; then one claim all the way in a browser."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.support.servers import serve_dashboard
from dashboard.pages.claims.propose import FIELDS
from dashboard.parts.proposing import send_proposal
from kb.records.proposals import ClaimProposal, MistakeProposal, ReplyProposal
from kb.settings import Settings
from kb.store.home.proposals import read_proposals
from tests.dashboard.sample_edition import make_edition, republish

MODELS = {"claim": ClaimProposal, "reply": ReplyProposal, "mistake": MistakeProposal}
MISTAKE = {"kind": "mistake", "text": "wrong", "claim": "", "url": ""}


def send(home: Path, values: dict[str, str], opened_ago: float = 60, trap: str = ""):
    opened = time.monotonic() - opened_ago
    return send_proposal(Settings(home=home), values, client="x", opened_at=opened, trap=trap)


def test_every_field_of_the_form_is_one_of_a_proposal() -> None:
    for kind, fields in FIELDS.items():
        assert {field.name for field in fields} == MODELS[kind].model_fields.keys() - {"kind"}


def test_a_proposal_is_a_file_and_nothing_else(tmp_path: Path) -> None:
    assert send(tmp_path, MISTAKE).is_taken
    assert (
        send(tmp_path, MISTAKE)
        .lines[0]
        .endswith(read_proposals(tmp_path / "proposals")[0].id + ".")
    )
    assert {path.name for path in tmp_path.iterdir()} == {"proposals"}


def test_programs_are_not_served(tmp_path: Path) -> None:
    assert send(tmp_path, MISTAKE, trap="https://spam.example").is_taken  # and nothing is kept
    assert not send(tmp_path, MISTAKE, opened_ago=0).is_taken
    assert not (tmp_path / "proposals").exists()


@pytest.mark.browser
def test_a_claim_from_the_form_to_its_page(tmp_path: Path) -> None:
    """Propose, accept, judge, publish: it shows, and the dashboard was never restarted."""
    pytest.importorskip("playwright", reason="install the Python package `playwright`")
    from playwright.sync_api import expect

    from tests.dashboard.browser.browser_session import (
        WAIT_MS,
        Watch,
        check_stands,
        launch_chromium,
        open_page,
    )

    make_edition(tmp_path, hostile=False, measured=False)
    with serve_dashboard(tmp_path) as address, launch_chromium() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        watch = Watch(page, address)
        open_page(
            page, f"{address}/propose", "Add a claim, report a mistake or reply as the vendor"
        )
        told = {
            "Link to the source that makes the claim": "https://toys.example/blog",
            "Publisher": "Toys", "Model name, as the vendor spells it": "Toybox-7B <b>x</b>",
            "Vendor": "Toys", "The claim: the figure as written, or a few words": "128K tokens",
            "Who makes the claim": "Toys",
            "A short quote from the source, word for word": "128K tokens",
        }  # fmt: skip
        for label, words in told.items():
            page.get_by_label(label, exact=True).fill(words)
        page.wait_for_timeout(3100)
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("model: contains an address or brackets")).to_be_visible(
            timeout=WAIT_MS
        )
        page.get_by_label("Model name, as").fill("Toybox-7B")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_text("A person will review it")).to_be_visible(timeout=WAIT_MS)
        (received,) = read_proposals(tmp_path / "proposals")
        open_page(page, f"{address}/claims?q=Toybox-7B", "No claim matches")
        subprocess.run(
            [sys.executable, "-c", "from kb.cli.app import main; main()", "review", "accept",
             received.id, "--by", "R", "--reason", "stands there"],
            env={**os.environ, "KB_HOME": str(tmp_path)}, check=True,
        )  # fmt: skip
        republish(tmp_path)
        open_page(page, f"{address}/claims?q=Toybox-7B", "128K tokens")
        expect(page.get_by_text("Toybox-7B").first).to_be_visible(timeout=WAIT_MS)
        open_page(
            page,
            f"{address}/propose?kind=reply&claim=S01",
            "Add a claim, report a mistake or reply as the vendor",
        )
        expect(page.get_by_label("Claim number")).to_have_value("S01")
        check_stands(page, watch)
