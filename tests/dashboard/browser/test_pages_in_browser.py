"""The real dashboard in a real browser: every page, wide and narrow, and the ways readers go."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.support.servers import serve_dashboard
from dashboard.registry import find_pages
from kb.cli.commands.pipeline.init import run_init
from kb.settings import Settings
from kb.store.database import open_session
from tests.dashboard.sample_edition import (
    HOSTILE_CLAIM,
    HOSTILE_QUOTE,
    HOSTILE_REPLY,
    SMOL,
    SMOL_CLAIM,
    climb_ladder,
    make_edition,
    republish,
)

pytest.importorskip("playwright", reason="install the Python package `playwright`")
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.dashboard.browser.browser_session import (
    WAIT_MS,
    Watch,
    check_stands,
    open_page,
    take_shot,
)  # fmt: skip

pytestmark = pytest.mark.browser

_PAGES = {
    "front": ("/", "claims about AI models"),
    "claims": ("/claims", "Every claim on record"),
    "claim": ("/claim?id=S01", "Meta on Llama 4 Scout"),
    "claim-measured": (f"/claim?id={SMOL_CLAIM}", "Score by prompt length"),
    "claim-rating": ("/claim?id=S09", "Rating over time"),
    "claim-hostile": (
        f"/claim?id={HOSTILE_CLAIM}",
        "@evil, reporting <u>nobody</u> on <b>Evil</b>",
    ),
    "claim-missing": ("/claim?id=clm_nothing", "No such claim"),
    "claims-meaning": ("/claims?q=a+question&by=Meaning", "Search by meaning is not available"),
    "vendors": ("/vendors", "how many held up"),
    "vendor": ("/vendors?id=Meta", "Timeline"),
    "compare": (
        "/compare?a=meta/llama-4-scout&b=meta/llama-4-maverick",
        "Llama 4 Scout and Llama 4 Maverick",
    ),
    "compare-open": ("/compare", "Choose two models"),
    "query": ("/query", "Query the data in SQL"),
    "promises": ("/promises", "What was promised"),
    "snapshot": ("/snapshot?id=snp_smolcard&sighting=sgt_smol", "The archived page"),
    "snapshot-missing": ("/snapshot?id=snp_nothing", "No such snapshot"),
    "models": ("/models", "Every model on record"),
    "memory": ("/memory", "Models with a known architecture"),
    "memory-model": ("/memory?id=meta/llama-4-scout", "Only the int4 version fits"),
    "memory-missing": ("/memory?id=nobody/nothing", "is not on record"),
    "model": (f"/models?id={SMOL}", "SmolLM2-135M-Instruct"),
    "licences": ("/licences", "What each licence allows"),
    "sources": ("/sources", "Where claims and results come from"),
    "method": ("/method", "How a claim is judged"),
    "propose": ("/propose", "Add a claim, report a mistake or reply as the vendor"),
    "propose-reply": (f"/propose?kind=reply&claim={SMOL_CLAIM}", "Vendor you speak for"),
}

_LISTED = {path.partition("?")[0] for path, _ in _PAGES.values()}
# A page that nobody lists above is opened all the same.
_PAGES |= {
    page.address: (f"/{page.address}", page.title)
    for page in find_pages()
    if f"/{page.address}" not in _LISTED
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A KB_HOME of this module's own, since one test publishes a new edition."""
    folder = tmp_path_factory.mktemp("kb-browser")
    make_edition(folder)
    return folder


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Address of a running `kb dashboard`."""
    with serve_dashboard(home) as url:
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", list(_PAGES))
def test_every_page_stands_and_shuts_nobody_out(
    browser: Browser, address: str, name: str, scheme: str
) -> None:
    path, words = _PAGES[name]
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    watch = Watch(page, address)
    open_page(page, address + path, words)
    check_access(page)
    for width in (1440, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        take_shot(page, f"{name}-{scheme}", width)
        check_stands(page, watch)
    page.close()


def check_access(page: Page) -> None:
    """axe-core finds nothing serious or critical."""
    told = Axe().run(page).response
    assert len(told["passes"]) > 10, "axe-core did not look at the page"
    serious = [
        f"{violation['id']} ({violation['impact']}): "
        f"{node['html'][:200]} {node['failureSummary'][:300]}"
        for violation in told["violations"]
        if violation["impact"] in ("serious", "critical")
        for node in violation["nodes"]
    ]
    assert serious == []


def test_dark_pages_are_dark(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="dark")
    open_page(page, address, "claims about AI models")
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).colorScheme") == "dark"
    page.close()


def test_search_words_in_the_address_are_used(browser: Browser, address: str) -> None:
    page = browser.new_page()
    open_page(page, f"{address}/claims?q=LMArena", "Every claim on record")
    expect(page.locator(".ac-claims")).to_contain_text("above GPT-4o")
    assert page.locator(".ac-claims tbody tr").count() < 10
    page.close()


def test_the_csv_can_be_downloaded(browser: Browser, address: str) -> None:
    page = browser.new_page()
    open_page(page, f"{address}/claims", "Every claim on record")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    text = download.value.path().read_text()
    assert text.startswith("claim_id,seed,vendor")
    assert "'=cmd" in text
    page.close()


def test_hostile_text_stays_text(browser: Browser, address: str) -> None:
    page = browser.new_page()
    watch = Watch(page, address)
    open_page(
        page, f"{address}/claim?id={HOSTILE_CLAIM}", "Where it was said, reported or disputed"
    )
    shown = HOSTILE_QUOTE.replace("\u202e", "[U+202E]")
    expect(page.locator("blockquote")).to_have_text([HOSTILE_REPLY, shown])
    expect(page.get_by_text("Vendor=HYPERLINK(1)")).to_be_visible()
    assert page.locator(".stMain img, .stMain a[href^='javascript']").count() == 0
    assert page.locator(".stMain blockquote b, .stMain h1 b").count() == 0
    assert watch.wrong == []
    page.close()


def test_raw_answers_unfold(browser: Browser, address: str) -> None:
    page = browser.new_page()
    asked = len(climb_ladder()[0])
    open_page(page, f"{address}/claim?id={SMOL_CLAIM}", f"Raw answers ({asked:,})")
    page.get_by_text(f"Raw answers ({asked:,})").click()
    expect(page.locator(".ac-trials tbody tr").first).to_be_visible(timeout=WAIT_MS)
    assert page.locator(".ac-trials tbody tr").count() == asked
    page.close()


def test_a_new_edition_shows_without_a_restart(browser: Browser, address: str, home: Path) -> None:
    page = browser.new_page()
    open_page(page, f"{address}/sources", "Where claims and results come from")
    before = page.locator(".ac-foot").inner_text()
    with open_session(Settings(home=home).url) as session:
        session.connection().exec_driver_sql(
            "update source set title = 'Renamed' where kind='forum'"
        )
        session.commit()
    republish(home)
    open_page(page, f"{address}/sources", "Renamed")
    assert page.locator(".ac-foot").inner_text() != before
    page.close()


def test_without_data_each_page_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    run_init(Settings(home=tmp_path))
    link = republish(tmp_path)
    with serve_dashboard(tmp_path) as url:
        page = browser.new_page()
        watch = Watch(page, url)
        # A deep link comes first: a fresh server must know its pages from the start.
        deep = ("/claims", "/claim?id=S01")
        for path in (*deep, "/", "/models", "/vendors", "/compare", "/promises", "/sources"):
            open_page(page, url + path, "As Claimed compares what")
            expect(page.locator(".ac-empty").first).to_be_visible(timeout=WAIT_MS)
            check_stands(page, watch)
        link.unlink()
        open_page(page, url, "Nothing is published at")
        expect(page.locator(".ac-empty code").last).to_have_text("kb publish")
        page.close()
