"""The ways readers go, in a real browser: from a gap to its quote, from a question to a picture."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.support.servers import serve_dashboard
from kb.embeddings import SentenceEncoder
from tests.dashboard.sample_edition import SMOL, SMOL_CLAIM, make_edition

pytest.importorskip("playwright", reason="install the Python package `playwright`")
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.browser.browser_session import WAIT_MS, Watch, check_stands, open_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a `kb dashboard` whose edition can be searched by meaning."""
    home = tmp_path_factory.mktemp("kb-journeys")
    make_edition(home, encoder=SentenceEncoder())
    with serve_dashboard(home) as url:
        yield url


def test_from_the_front_page_over_a_gap_to_the_bytes_of_its_quote(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    watch = Watch(page, address)
    open_page(page, f"{address}/claim?id=S01", "Where it was said, reported or disputed")
    expect(page.get_by_text("up to 10 million tokens of input")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator(".ac-verdict")).to_contain_text("Not settled")
    open_page(page, address, "The widest gaps")
    page.locator(".ac-gaps a", has_text="Claimed: 8,192 tokens").click()
    page.get_by_role("link", name="the archived page, showing the quotation").click(timeout=WAIT_MS)
    expect(page.get_by_text("The archived page", exact=True)).to_be_visible(timeout=WAIT_MS)
    assert "snapshot?id=snp_smolcard&sighting=sgt_smol" in page.url
    expect(page.locator("blockquote").first).to_have_text('"max_position_embeddings": 8192')
    for words in ("412 to 443", "ab12" * 16, "2026-11-21.warc.gz"):
        expect(page.get_by_text(words)).to_be_visible()
    check_stands(page, watch)
    page.close()


def test_from_a_question_to_the_claim_to_all_that_can_be_taken_along(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    watch = Watch(page, address)
    open_page(page, address, "Search the claims")
    page.get_by_label("Search the claims").fill("how much text can SmolLM2 take in at once?")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_text("Closest in meaning first")).to_be_visible(timeout=2 * WAIT_MS)
    top = page.locator(".ac-claims tbody tr").first
    expect(top).to_contain_text("Context length")
    expect(top).to_contain_text("SmolLM2-135M-Instruct")
    page.locator(f"a[href='./claim?id={SMOL_CLAIM}']").first.click()
    expect(page.locator(".ac-verdict")).to_be_visible(timeout=WAIT_MS)
    expect(page.locator(".ac-foot")).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_text("and what would change the verdict")).to_be_visible()
    _check_citation(page)
    _check_json(page)
    _check_pictures(page, tmp_path)
    check_stands(page, watch)
    page.close()


def _check_citation(page: Page) -> None:
    expect(page.locator("[data-testid='stCode']").first).to_contain_text(f"claim?id={SMOL_CLAIM}")
    page.get_by_text("BibTeX").click()
    expect(page.get_by_text(f"@misc{{asclaimed_{SMOL_CLAIM}")).to_be_visible(timeout=WAIT_MS)


def _check_json(page: Page) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    assert download.value.suggested_filename == f"{SMOL_CLAIM}.json"
    claim = json.loads(download.value.path().read_text())
    assert (claim["id"], claim["model"], claim["outcome"]) == (SMOL_CLAIM, SMOL, "overstated")


def _check_pictures(page: Page, folder: Path) -> None:
    page.get_by_text("Download this verdict as an image").click()
    camera = page.locator(".st-key-picture .modebar-btn")
    expect(camera).to_have_attribute("aria-label", re.compile("PNG"), timeout=WAIT_MS)
    assert _save(page, folder / "picture.png").startswith(b"\x89PNG\r\n\x1a\n")
    page.locator(".st-key-picture").get_by_text("SVG", exact=True).click()
    renamed = page.locator(".st-key-picture .modebar-btn[aria-label='Download plot']")
    expect(renamed).to_be_visible(timeout=WAIT_MS)
    expect(camera).to_have_count(1, timeout=WAIT_MS)
    svg = _save(page, folder / "picture.svg").decode()
    assert svg.startswith("<svg")
    for words in (
        "HuggingFaceTB on SmolLM2-135M-Instruct", "Verdict: Overstated. As Claimed, data as of",
        "edition ", f"claim?id={SMOL_CLAIM}",
    ):  # fmt: skip
        assert words in svg, words


def _save(page: Page, path: Path) -> bytes:
    with page.expect_download(timeout=WAIT_MS) as download:
        page.locator(".st-key-picture .modebar-btn").click()
    assert download.value.suggested_filename == f"{SMOL_CLAIM}{path.suffix}"
    download.value.save_as(path)
    return path.read_bytes()


def test_a_filtered_list_can_be_shared(browser: Browser, address: str) -> None:
    page = browser.new_page()
    open_page(page, f"{address}/claims", "Every claim on record")
    for label, option in (("Vendor", "Meta"), ("Verdict", "Wrong model")):
        page.get_by_role("combobox", name=re.compile(label)).click()
        page.get_by_role("option", name=option, exact=True).click()
        page.keyboard.press("Escape")
    expect(page.get_by_text(re.compile(r"^2 of"))).to_be_visible(timeout=WAIT_MS)
    assert "outcome=Wrong" in page.url
    assert "vendor=Meta" in page.url
    shared = page.url
    page.close()
    other = browser.new_page()
    open_page(other, shared, "Every claim on record")
    expect(other.get_by_text(re.compile(r"^2 of"))).to_be_visible(timeout=WAIT_MS)
    rows = other.locator(".ac-claims tbody tr")
    assert rows.count() == 2
    assert all("Wrong model" in rows.nth(place).inner_text() for place in range(2))
    other.close()


def test_two_models_are_chosen_and_the_address_holds_them(browser: Browser, address: str) -> None:
    page = browser.new_page()
    open_page(page, f"{address}/models?id={SMOL}", "Track record")
    page.get_by_role("link", name="with another model").click()
    expect(page.get_by_text("Choose two models")).to_be_visible(timeout=WAIT_MS)
    page.get_by_role("combobox", name=re.compile("Second model")).click()
    page.get_by_role("option", name="Llama 4 Scout (Meta)").click()
    title = "SmolLM2-135M-Instruct and Llama 4 Scout, side by side"
    expect(page.get_by_role("heading", name=title)).to_be_visible(timeout=WAIT_MS)
    shared = page.url
    assert "a=huggingfacetb" in shared
    assert "b=meta" in shared
    page.close()
    other = browser.new_page()
    open_page(other, shared, title)
    expect(other.locator(".ac-compare tbody tr", has_text="Context length")).to_contain_text(
        "8,192"
    )
    other.close()


def test_a_question_in_sql_is_answered_or_refused(browser: Browser, address: str) -> None:
    page = browser.new_page()
    watch = Watch(page, address)
    open_page(page, f"{address}/query", "Query the data in SQL")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".ac-table").first).to_contain_text("wrong_artefact", timeout=WAIT_MS)
    page.get_by_label("One SELECT statement").fill("select * from read_csv('/etc/passwd')")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator(".ac-empty")).to_contain_text("read_csv is not allowed", timeout=WAIT_MS)
    check_stands(page, watch)
    page.close()
