"""Hostile strings in every text that a crawl or a contributor writes, on every page, as readers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import col

from benchmarks.support.servers import serve_dashboard
from kb.domain.review.decisions import Choice
from kb.settings import Settings
from kb.stages.review import Said, decide
from kb.store.database import open_session
from kb.store.review.readings import ReadingFilter, read_readings
from kb.tables import (
    Claim,
    Measurement,
    Model,
    Release,
    Sighting,
    Snapshot,
    Source,
    Trial,
    VendorReply,
    Verdict,
)
from tests.dashboard.sample_edition import HOSTILE_CLAIM, SMOL, SMOL_CLAIM, make_edition, republish
from tests.hostile_strings import STRINGS

pytest.importorskip("playwright", reason="install the Python package `playwright`")
from playwright.sync_api import Browser, expect

from tests.dashboard.browser.browser_session import (
    WAIT_MS,
    Watch,
    check_nothing_broke_out,
    check_stands,
)

pytestmark = pytest.mark.browser

_HOSTILE = " ".join(text for name, text in STRINGS.items() if name != "long")
_PRINTABLE = " ".join(text for text in STRINGS.values() if text.isprintable() and len(text) < 999)
_FIELDS = {
    Source: ("publisher", "title"),
    Model: ("name", "vendor", "note"),
    Release: ("repository", "precision"),
    Claim: ("subject_text", "claimed_text", "question", "metric", "unit"),
    Sighting: (
        "quote",
        "locator",
        "said_by",
        "attributed_to",
        "attributed_org",
        "attribution_words",
        "figure_of",
    ),
    Snapshot: ("media_type", "served_from", "crawler", "vendor", "about"),
    Measurement: ("text", "reported_by", "locator", "n_unit"),
    Trial: ("answer",),
    Verdict: ("explanation",),
    VendorReply: ("vendor", "said_by", "text"),
}
# Conditions never hold what cannot be printed; verdicts are made from them.
_JSON_FIELDS = {
    Model: {"aliases": [_HOSTILE]},
    Release: {"facts": {_HOSTILE: _HOSTILE}},
    Claim: {"conditions": {"board": _PRINTABLE, "note": _PRINTABLE, "quote": _PRINTABLE}},
    Measurement: {"conditions": {"board": _PRINTABLE, "note": _PRINTABLE}},
    Trial: {"expected": [_HOSTILE]},
    Snapshot: {"headers": {_HOSTILE: _HOSTILE}},
}
_PATHS = (
    "/", "/claims", "/claims?q=alert", "/claim?id=S01", f"/claim?id={SMOL_CLAIM}",
    "/claim?id=S09", f"/claim?id={HOSTILE_CLAIM}", "/vendors", "/models", f"/models?id={SMOL}",
    "/compare?a=meta/llama-4-scout&b=meta/llama-4-maverick", "/promises", "/licences", "/memory",
    "/memory?id=meta/llama-4-scout", "/sources", "/method", "/propose",
    "/snapshot?id=snp_smolcard&sighting=sgt_smol",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard on a base in which every such text is hostile, and one is a megabyte long."""
    home = tmp_path_factory.mktemp("kb-hostile")
    make_edition(home)
    _spoil(home)
    republish(home)
    with serve_dashboard(home) as url:
        yield url


def _spoil(home: Path) -> None:
    with open_session(Settings(home=home).url) as session:
        for table, names in _FIELDS.items():
            session.exec(update(table).values(dict.fromkeys(names, _HOSTILE)))
        for table, values in _JSON_FIELDS.items():
            changed = update(table).values(values)
            if table is Measurement:  # what we measured ourselves says under what in numbers
                changed = changed.where(col(Measurement.plan_id).is_(None))
            session.exec(changed)
        session.exec(update(Source).values(url="javascript:alert(1)//" + col(Source.id)))
        session.exec(update(VendorReply).values(url="data:text/html,<script>alert(1)</script>"))
        session.exec(
            update(Sighting).where(Sighting.claim_id == SMOL_CLAIM).values(quote=STRINGS["long"])
        )
        session.commit()
        said = Said(Choice.ACCEPTED, _HOSTILE, _HOSTILE)  # its conditions are others now
        decide(session, read_readings(session, ReadingFilter()), said)


@pytest.mark.parametrize("path", _PATHS)
def test_hostile_texts_are_shown_and_do_nothing(browser: Browser, address: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    watch = Watch(page, address)
    page.goto(address + path)
    expect(page.locator(".ac-foot, .ac-empty").first).to_be_visible(timeout=WAIT_MS)
    page.wait_for_timeout(500)
    check_nothing_broke_out(page)
    assert page.title().endswith("As Claimed")
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        check_stands(page, watch)
    page.close()


def test_they_are_read_as_they_were_written(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/claim?id=S01")
    words = STRINGS["script"]
    expect(page.locator("blockquote").first).to_contain_text(words, timeout=WAIT_MS)
    expect(page.locator("blockquote").first).to_contain_text("a[U+202E]gnp.exe")
    expect(page.locator("blockquote").first).to_contain_text("a[U+0000]b")
    page.close()
