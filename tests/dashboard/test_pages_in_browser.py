"""The real dashboard in a real browser: every page, wide and narrow, and two ways readers go."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from sample_edition import HOSTILE_CLAIM, HOSTILE_QUOTE, SMOL, SMOL_CLAIM, make_edition, republish

from kb.settings import Settings
from kb.store.database import open_session

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "artifacts" / "screenshots"
_CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_PAGES = {
    "front": ("/", "claims about AI models"),
    "claims": ("/claims", "Every claim on record"),
    "claim": ("/claim?id=S01", "Meta on Llama 4 Scout"),
    "claim-measured": (f"/claim?id={SMOL_CLAIM}", "How far into the text it still reads"),
    "claim-hostile": (f"/claim?id={HOSTILE_CLAIM}", "@evil on <b>Evil</b>"),
    "claim-missing": ("/claim?id=clm_nothing", "No such claim"),
    "models": ("/models", "Every model that a claim is about"),
    "model": (f"/models?id={SMOL}", "SmolLM2-135M-Instruct"),
    "sources": ("/sources", "Who says so"),
    "method": ("/method", "How a claim is judged"),
}
_WAIT_MS = 30_000


def _find_free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _await_server(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if server.poll() is not None:
            raise AssertionError(f"kb dashboard ended with {server.returncode}")
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise AssertionError("kb dashboard did not come up in a minute")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A KB_HOME of this module's own, since one test publishes a new edition."""
    folder = tmp_path_factory.mktemp("kb-browser")
    make_edition(folder)
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Address of a running `kb dashboard`; it is ended afterwards."""
    port = _find_free_port()
    start = "from kb.cli.app import main; main()"
    server = subprocess.Popen(
        [sys.executable, "-c", start, "dashboard", "--no-open", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | {"KB_HOME": str(home), "PYTHONPATH": str(ROOT)},
    )
    try:
        _await_server(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        try:
            server.wait(timeout=15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium here: install the system package `chromium`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


class Watch:
    """What went wrong on a page: console errors, failed answers, requests to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.wrong: list[str] = []
        page.on("console", lambda m: self._note(m.type == "error", m.text, m.location["url"]))
        page.on("pageerror", lambda error: self._note(True, str(error), ""))
        page.on("dialog", lambda dialog: (self._note(True, "dialog", ""), dialog.dismiss()))
        page.on(
            "request",
            lambda r: self._note(
                not r.url.startswith((address, "data:", "blob:")), "request to another host", r.url
            ),
        )

    def _note(self, is_wrong: bool, words: str, url: str) -> None:
        # Streamlit looks for its own health address below each page first; that 404 is its own.
        if is_wrong and "/_stcore/" not in url:
            self.wrong.append(f"{words} {url}")


def _open(page: Page, url: str, words: str) -> None:
    answer = page.goto(url)
    assert answer is not None and answer.ok
    expect(page.get_by_text(words).first).to_be_visible(timeout=_WAIT_MS)
    expect(page.locator(".ac-foot, .ac-empty").first).to_be_visible(timeout=_WAIT_MS)


def _take_shot(page: Page, name: str, width: int) -> None:
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(700)  # charts draw themselves in
    height = page.evaluate("document.querySelector('.stMain').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height), 6000)})
    page.wait_for_timeout(500)
    page.screenshot(path=SHOTS / f"{name}-{width}.png")


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", list(_PAGES))
def test_every_page_stands(browser: Browser, address: str, name: str, width: int) -> None:
    path, words = _PAGES[name]
    page = browser.new_page(viewport={"width": width, "height": 900})
    watch = Watch(page, address)
    _open(page, address + path, words)
    _take_shot(page, name, width)
    assert page.locator("[data-testid='stException'], [data-testid='stAlert']").count() == 0
    for element in ("document.documentElement", "document.querySelector('.stMain')"):
        assert page.evaluate(f"{element}.scrollWidth") <= page.evaluate("innerWidth")
    assert watch.wrong == []
    page.close()


def test_dark_pages_are_dark(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    _open(page, address, "claims about AI models")
    _take_shot(page, "front-dark", 1440)
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    page.close()


def test_from_the_front_page_to_the_quote_behind_the_widest_gap(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    _open(page, address, "The widest gaps")
    page.locator(".ac-gaps a").first.click()
    expect(page.get_by_text("Where it was said")).to_be_visible(timeout=_WAIT_MS)
    assert "/claim?id=clm_" in page.url
    expect(page.get_by_text("up to 10 million tokens of input")).to_be_visible()
    expect(page.locator(".ac-verdict")).to_contain_text("Overstated")
    page.close()


def test_a_filtered_list_can_be_shared(browser: Browser, address: str) -> None:
    page = browser.new_page()
    _open(page, f"{address}/claims", "Every claim on record")
    page.get_by_role("combobox", name=re.compile("Verdict")).click()
    page.get_by_role("option", name="Overstated").click()
    expect(page.get_by_text(re.compile(r"^3 claims of"))).to_be_visible(timeout=_WAIT_MS)
    assert "outcome=Overstated" in page.url
    shared = page.url
    page.close()
    other = browser.new_page()
    _open(other, shared, "Every claim on record")
    expect(other.get_by_text(re.compile(r"^3 claims of"))).to_be_visible(timeout=_WAIT_MS)
    assert other.locator(".ac-claims tbody tr").count() == 3
    other.close()


def test_search_words_in_the_address_are_used(browser: Browser, address: str) -> None:
    page = browser.new_page()
    _open(page, f"{address}/claims?q=LMArena", "Every claim on record")
    expect(page.locator(".ac-claims")).to_contain_text("above GPT-4o")
    assert page.locator(".ac-claims tbody tr").count() < 10
    page.close()


def test_the_csv_can_be_downloaded(browser: Browser, address: str) -> None:
    page = browser.new_page()
    _open(page, f"{address}/claims", "Every claim on record")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    text = download.value.path().read_text()
    assert text.startswith("claim_id,seed,vendor")
    assert "'=cmd" in text
    page.close()


def test_hostile_text_stays_text(browser: Browser, address: str) -> None:
    page = browser.new_page()
    watch = Watch(page, address)
    _open(page, f"{address}/claim?id={HOSTILE_CLAIM}", "Where it was said")
    shown = HOSTILE_QUOTE.replace("\u202e", "[U+202E]")
    expect(page.locator("blockquote")).to_have_text(shown)
    assert page.locator(".stMain img, .stMain a[href^='javascript']").count() == 0
    assert page.locator(".stMain blockquote b, .stMain h1 b").count() == 0
    assert watch.wrong == []
    page.close()


def test_raw_answers_unfold(browser: Browser, address: str) -> None:
    page = browser.new_page()
    _open(page, f"{address}/claim?id={SMOL_CLAIM}", "All 144 raw answers")
    page.get_by_text("All 144 raw answers").click()
    expect(page.locator(".ac-trials tbody tr").first).to_be_visible(timeout=_WAIT_MS)
    assert page.locator(".ac-trials tbody tr").count() == 144
    page.close()


def test_a_new_edition_shows_without_a_restart(browser: Browser, address: str, home: Path) -> None:
    page = browser.new_page()
    _open(page, f"{address}/sources", "Who says so")
    before = page.locator(".ac-foot").inner_text()
    with open_session(Settings(home=home).url) as session:
        session.connection().exec_driver_sql(
            "update source set title = 'Renamed' where kind='forum'"
        )
        session.commit()
    republish(home)
    _open(page, f"{address}/sources", "Renamed")
    assert page.locator(".ac-foot").inner_text() != before
    page.close()
