"""A running `kb dashboard`, a real Chromium, and a watch on what goes wrong between them."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "artifacts" / "screenshots"
WAIT_MS = 30_000
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


@contextmanager
def serve_dashboard(home: Path) -> Iterator[str]:
    """Run `kb dashboard` on the data in `home`; give its address; end it afterwards."""
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
    page.wait_for_timeout(700)
    height = page.evaluate("document.querySelector('.stMain').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height), 6000)})
    page.wait_for_timeout(500)
    page.screenshot(path=SHOTS / f"{name}-{width}.png")


def check_stands(page: Page, watch: Watch) -> None:
    """Assert that nothing failed and that the page does not scroll sideways."""
    assert page.locator("[data-testid='stException'], [data-testid='stAlert']").count() == 0
    for element in ("document.documentElement", "document.querySelector('.stMain')"):
        assert page.evaluate(f"{element}.scrollWidth") <= page.evaluate("innerWidth")
    assert watch.wrong == []
