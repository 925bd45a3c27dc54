"""A real Chromium on a running dashboard, and a watch on what goes wrong between them."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[3]
SHOTS = ROOT / "artifacts" / "screenshots"
WAIT_MS = 60_000
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

# Looks at the page every tenth of a second, until nothing has grown or moved for three looks.
_UNTIL_SETTLED = """async () => {
    const look = () => {
        const main = document.querySelector('.stMain');
        const undrawn = [...main.querySelectorAll('.stPlotlyChart')]
            .filter(chart => !chart.querySelector('.main-svg'));
        return [undrawn.length, main.scrollHeight, main.querySelectorAll('*').length].join();
    };
    for (let looks = 0, quiet = 0, before = ''; looks < 100 && quiet < 3; looks++) {
        await new Promise(done => setTimeout(done, 100));
        const now = look();
        quiet = now === before && now.startsWith('0,') ? quiet + 1 : 0;
        before = now;
    }
}"""


@contextmanager
def launch_chromium() -> Iterator[Browser]:
    """Start the system's Chromium; skip the test where there is none."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("no Chromium here: install the system package `chromium`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=_CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


class Watch:
    """What went wrong on a page: console errors, dialogs, requests to other hosts."""

    def __init__(self, page: Page, address: str) -> None:
        self.wrong: list[str] = []
        known = (address, "data:", "blob:")
        page.on("console", lambda m: self._note(m.type == "error", m.text, m.location["url"]))
        page.on("pageerror", lambda error: self._note(True, str(error), ""))
        page.on("dialog", lambda dialog: (self._note(True, "dialog", ""), dialog.dismiss()))
        page.on("request", lambda r: self._note(not r.url.startswith(known), "sent to", r.url))

    def _note(self, is_wrong: bool, words: str, url: str) -> None:
        # Streamlit looks for its own health address below each page first; that 404 is its own.
        if is_wrong and "/_stcore/" not in url:
            self.wrong.append(f"{words} {url}")


def open_page(page: Page, url: str, words: str) -> None:
    """Go to `url` and wait until `words` and the foot, or a plain message, stand there."""
    answer = page.goto(url)
    assert answer is not None and answer.ok
    expect(page.get_by_text(words).first).to_be_visible(timeout=WAIT_MS)
    expect(page.locator(".ac-foot, .ac-empty").first).to_be_visible(timeout=WAIT_MS)


def take_shot(page: Page, name: str, width: int) -> None:
    """Save the whole page as a picture, once its charts have drawn themselves."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.evaluate(_UNTIL_SETTLED)
    height = page.evaluate("document.querySelector('.stMain').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height), 6000)})
    page.evaluate(_UNTIL_SETTLED)
    page.screenshot(path=SHOTS / f"{name}-{width}.png")


def check_stands(page: Page, watch: Watch) -> None:
    """Assert that nothing failed and that the page does not scroll sideways."""
    assert page.locator("[data-testid='stException'], [data-testid='stAlert']").count() == 0
    for element in ("document.documentElement", "document.querySelector('.stMain')"):
        assert page.evaluate(f"{element}.scrollWidth") <= page.evaluate("innerWidth")
    assert watch.wrong == []


def check_nothing_broke_out(page: Page) -> None:
    """Assert that no text became an element, a link of its own or a hidden character."""
    main = page.locator(".stMain")
    elements = "img, script, iframe, object, b[x], svg[onload], [onerror]"
    assert main.locator(elements).count() == 0
    links = main.locator("a").evaluate_all("all => all.map(link => link.href)")
    assert all(link.startswith(("http://", "https://")) for link in links), links
    assert not {"\u202e", "\u2066", "\x1b", "\x00"} & set(main.inner_text())
