"""The dashboard beside `kb run`: it follows the editions, and ends with the command."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from shutil import copytree, ignore_patterns

import duckdb
import httpx
import pytest

from benchmarks.support.servers import find_free_port
from dashboard.serving import serve
from kb.domain.errors import UserError
from tests.conftest import PROJECT
from tests.processes import CRAWL_HERE

WAIT_S = 480  # publishing shares the machine with the other tests
CLAIM = """
select claim_id from claims_vs_reality
where model like 'SmolLM2%' and claim_type = 'context_length'
"""
# `kb run` with recorded runs for tests, which wait until a file is there.
PROGRAM = """
import time
from pathlib import Path
from kb.cli.app import main
from kb.cli.commands.pipeline import run
from kb.stages.load_runs import load_runs, read_runs
from kb.store.database import open_session

def verify(settings, *, on_result, **options):
    while not (settings.home / "go").exists():
        time.sleep(0.1)
    with open_session(settings.url) as session:
        load_runs(session, read_runs(Path("records")))
    on_result("everything")

find_step = run.find_step
run.find_step = lambda name: verify if name == "verify" else find_step(name)
run.find_encoder = lambda: None
main()
"""


def wait_until(condition):
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.1)


def answers(address):
    try:
        return httpx.get(f"{address}/_stcore/health", timeout=2).is_success
    except httpx.TransportError:
        return False


@contextmanager
def start_run(settings, records):
    """Run `kb run --serve` until its dashboard answers; yield the process and the address."""
    port = find_free_port()
    words = [sys.executable, "-c", PROGRAM, "run", "--records", str(records), "--serve",
             "--no-open", "--port", str(port)]  # fmt: skip
    env = {**os.environ, **CRAWL_HERE, "KB_HOME": str(settings.home)}
    process = subprocess.Popen(words, cwd=PROJECT, env=env, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: process.poll() is not None or answers(address))
        assert process.poll() is None
        yield process, address
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def unmeasured(records, tmp_path):
    """The records without what was measured here."""
    return copytree(records, tmp_path / "records", ignore=ignore_patterns("runs"))


@pytest.mark.browser
def test_a_result_is_on_the_page_without_a_restart(settings, unmeasured, browser):
    from tests.dashboard.browser.browser_session import open_page

    with start_run(settings, unmeasured) as (process, address):
        file = str(settings.home / "published.duckdb")
        read = lambda: duckdb.connect(file, read_only=True).sql(CLAIM).fetchall()  # noqa: E731
        wait_until(read)
        page = browser.new_page()
        link = f"{address}/claim?id={read()[0][0]}"
        open_page(page, link, "Untested")
        (settings.home / "go").touch()
        wait_until(lambda: is_shown(page, link, "Overstated"))
        page.close()
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)
        wait_until(lambda: not answers(address))


def is_shown(page, link, words):
    from tests.dashboard.browser.browser_session import open_page

    open_page(page, link, "")
    return page.locator(".ac-verdict", has_text=words).count() > 0


@pytest.mark.browser
def test_a_killed_run_leaves_no_dashboard(settings, unmeasured):
    with start_run(settings, unmeasured) as (process, address):
        process.kill()
        wait_until(lambda: not answers(address))


def test_a_port_that_is_taken_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with (
            pytest.raises(UserError, match=f"port {port}.*--port"),
            serve(port, opens_browser=False),
        ):
            pass
