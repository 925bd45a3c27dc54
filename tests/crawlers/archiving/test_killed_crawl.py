"""kill -9 at twenty random moments of a crawl of 2,000 pages: the end state is the same."""

import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass

import pytest

from kb.cli.commands.pipeline.init import run_init
from kb.settings import Settings
from kb.store.archive.warc_files import PARTS
from kb.store.archive.warc_reading import read_warc
from tests.crawlers.wide_site import make_mixed_path, serve_wide
from tests.dumps import dump
from tests.processes import COMMAND, CRAWL_HERE, run_kb

pytestmark = pytest.mark.crawl
PAGES, KILLS, BLIND = 2000, 20, 4
SEED = 20261121
DEEP = {"KB_CRAWL_MAX_DEPTH": "60"}


@dataclass(frozen=True)
class Moment:
    """When to kill: after so many documents stored and read in all, or after seconds.

    Documents come in groups, so a moment may be past; then it comes `least` documents later. The
    wait afterwards is longer than a group takes, so that kills fall anywhere in the next one.
    """

    work: int
    least: int
    seconds: float
    is_blind: bool
    jitter_s: float


def draw_moments(rng, total):
    """Moments spread over all the work in order, the last ones short of its end.

    Some are blind: so many seconds after the start, whatever the crawl is at.
    """
    works = sorted(rng.randrange(1, int(total * 0.95)) for _ in range(KILLS))
    blind = set(rng.sample(range(KILLS), BLIND))
    return [
        Moment(work, rng.randrange(1, 40), rng.uniform(0.2, 3), nth in blind, rng.uniform(0, 0.4))
        for nth, work in enumerate(works)
    ]


def count_work(settings):
    """Documents stored, documents read; asked of the database as any reader would."""
    path = settings.home.resolve() / "kb.sqlite"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        ask = "select (select count(*) from snapshot), (select count(*) from reading)"
        return connection.execute(ask).fetchone()


def kill_at(settings, moment, *arguments):
    """Start `kb`, kill its process group at the moment; return whether it was at work."""
    process = subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, **CRAWL_HERE, **DEEP, "KB_HOME": str(settings.home)},
        start_new_session=True,
    )  # fmt: skip
    began = time.monotonic()
    due = max(moment.work, sum(count_work(settings)) + moment.least)
    while process.poll() is None and not (
        time.monotonic() - began >= moment.seconds
        if moment.is_blind
        else sum(count_work(settings)) >= due
    ):
        time.sleep(0.01)
    time.sleep(moment.jitter_s)
    was_running = process.poll() is None
    if was_running:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return was_running and process.returncode == -signal.SIGKILL


def read_records(settings):
    """Every record of the archive, by file: what it says, without times of day."""
    records = {}
    for path in sorted(settings.archive.rglob("*.warc.gz")):
        (record,) = read_warc(path, 1 << 20)
        served = {name: value for name, value in record.http_headers.items() if name != "date"}
        assert record.problem is None
        records[str(path.relative_to(settings.archive))] = (
            record.url, record.headers["warc-payload-digest"], record.headers["as-claimed-origin"],
            record.http_status, served, record.body,
        )  # fmt: skip
    return records


def test_twenty_kills_leave_no_trace(settings, tmp_path):
    quiet = Settings(home=tmp_path / "quiet")
    run_init(quiet)
    rng = random.Random(SEED)
    with serve_wide(PAGES, make_mixed_path, sentences=1) as (url, counts):
        command = ("crawl", "--follow", "--url", f"{url}/index/0")
        began = time.monotonic()
        done = run_kb(quiet, *command, **DEEP)
        assert done.returncode == 0, done.stderr
        stored, read = count_work(quiet)
        print(f"undisturbed: {stored} stored, {read} read in {time.monotonic() - began:.1f} s")
        assert stored == read == PAGES + PAGES // 100
        landed = []
        for nth, moment in enumerate(draw_moments(rng, stored + read)):
            was_killed = kill_at(settings, moment, *command)
            now = count_work(settings)
            phase = "storing" if now[0] < stored else "reading"
            landed.append((was_killed and sum(now) < stored + read, phase))
            kind = f"{moment.seconds:.2f} s" if moment.is_blind else f"{moment.work} units"
            parts = len(list((settings.archive / PARTS).glob("*")))
            print(
                f"kill {nth + 1} (seed {SEED}, due at {kind}): {phase}, {now} stored and read, "
                f"{parts} files begun"
            )
        done = run_kb(settings, *command, **DEEP)
        print(f"{time.monotonic() - began:.0f} s in all")
    assert done.returncode == 0, done.stderr
    assert counts[500] and counts[302] and counts[304]
    assert [fell for fell, _ in landed] == [True] * KILLS
    assert {phase for _, phase in landed} == {"storing", "reading"}
    expected = dump(quiet.url)
    for table, rows in dump(settings.url).items():
        assert rows == expected[table], table
    assert len(expected["claim"]) == PAGES
    assert len({row["url"] for row in expected["source"]}) == stored
    assert len({row["source_id"] for row in expected["snapshot"]}) == stored
    records = read_records(settings)
    assert len(records) == stored
    assert records == read_records(quiet)
    assert list((settings.archive / PARTS).iterdir()) == []
