"""A crawl of a hostile site: each trick is told in a line, everything else is crawled."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest
from sqlmodel import select

from kb.store.archive.warc_files import read_snapshot
from kb.store.database import open_session
from kb.tables import Reading, Snapshot, Source
from tests.crawlers.hostile_site import (
    BOMBS,
    CLOSED,
    ENDLESS,
    MAIN,
    PAGES,
    PATIENCE,
    SLOW_ROBOTS,
    WIDE,
    serve_hostile,
)
from tests.processes import COMMAND, CRAWL_HERE

pytestmark = pytest.mark.crawl

GOOD = [f"/good/{n}" for n in range(12)]
ANSWERED = [*GOOD, *PAGES, "/limited", "/limited-until", "/flaky", "/moved"]
REFUSED = {
    "/loop": "max redirections",
    "/ping": "max redirections",
    "/to/other-port": "127.0.0.1 is a loopback address",
    "/to/localhost": "is a loopback address",
    "/to/decimal": "is a loopback address",
    "/to/mapped": "IPv4-mapped",
    "/to/unspecified": "0.0.0.0 is the unspecified address",
    "/to/private": "10.0.0.1 is a private address",
    "/to/metadata": "169.254.169.254 is a link-local address",
    "/to/nat64": "NAT64",
    "/to/credentials": "contains credentials",
    "/forbidden/page": "robots.txt forbids it",
    "/picture": "image/png is not text",
    **dict.fromkeys(BOMBS, "DOWNLOAD_MAXSIZE"),
}
FAILED = {
    "/to/file": "refused to follow it to file:///etc/passwd",
    "/big": "larger than download max size",
    "/big-stream": "larger than KB_CRAWL_MAX_BYTES",
    "/slow": "took longer than",
    "/cut": "broke off",
    "/long-header": "no HTTP answer",
    "/many-headers": "headers of more than",
    "/no-http": "no HTTP answer",
}
LIMITS = {
    "KB_CRAWL_PAGE_S": "6",
    "KB_CRAWL_MAX_PAGES": "150",
    "KB_CRAWL_MAX_DEPTH": "4",
    "KB_CRAWL_RETRY_AFTER_S": "30",
}


def crawl_measured(settings, site, urls, *options):
    """Run `kb crawl` on `urls`; return its report, its peak memory in MB and its seconds."""
    arguments = [word for url in urls for word in ("--url", url)]
    ports = {"KB_LOOPBACK_PORTS": json.dumps([site.port])}
    environment = {**os.environ, **CRAWL_HERE, **LIMITS, **ports, "KB_HOME": str(settings.home)}
    began = time.monotonic()
    process = subprocess.Popen(
        [*COMMAND, "crawl", "--json", *options, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment,
    )  # fmt: skip
    peak = 0
    while process.poll() is None:
        peak = max(peak, _read_peak(process.pid))
        assert time.monotonic() - began < 240, "the crawl does not end"
        time.sleep(0.05)
    return json.loads(process.stdout.read()), peak, time.monotonic() - began


def _read_peak(pid):
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    lines = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(lines[0].split()[1]) / 1024 if lines else 0


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    """The site crawled once, then the good pages of it again."""
    from kb.cli.commands.pipeline.init import run_init
    from kb.settings import Settings

    settings = Settings(home=tmp_path_factory.mktemp("hostile"))
    run_init(settings)
    with serve_hostile() as site:
        base = f"http://{MAIN}:{site.port}"
        others = (
            f"http://{PATIENCE}:{site.port}/patience",
            f"http://{ENDLESS}:{site.port}/endless/0",
            f"http://{WIDE}:{site.port}/wide/0",
            f"http://{CLOSED}:{site.port}/good/closed",
            f"http://{SLOW_ROBOTS}:{site.port}/good/unknown",
        )
        urls = [*(base + path for path in (*ANSWERED, *REFUSED, *FAILED)), *others]
        found = crawl_measured(settings, site, urls, "--follow")
        again = crawl_measured(settings, site, [base + path for path in ANSWERED])
    return settings, site, base, found, again


def test_each_trick_is_told_in_a_line(crawled):
    _, _, base, (report, peak, seconds), _ = crawled
    for path, words in REFUSED.items():
        print(f"refused  {path}: {report['refused'].get(base + path)}")
        assert words in report["refused"][base + path]
        assert "robots.txt cannot" not in report["refused"][base + path]
    for path, words in FAILED.items():
        print(f"failed   {path}: {report['failed'].get(base + path)}")
        assert words in report["failed"][base + path]
    print(f"peak memory {peak:.0f} MB, {seconds:.0f} s")
    assert set(report["failed"]) == {base + path for path in FAILED}


def test_no_host_is_told_where_its_address_was_found(crawled):
    assert crawled[1].referers == {None}


def test_everything_else_is_crawled_and_read(crawled):
    settings, _, base, _, _ = crawled
    with open_session(settings.url) as session:
        snapshots = {row.source_id: row for row in session.exec(select(Snapshot))}
        stored = {source.url: snapshots[source.id] for source in session.exec(select(Source))}
        readings = {row.snapshot_id for row in session.exec(select(Reading))}
    for path in (*ANSWERED, "/good/linked"):
        snapshot = stored[base + path]
        assert snapshot.id in readings
        assert len(read_snapshot(settings.archive, snapshot.archive_name)) == snapshot.size_bytes
    assert stored[base + "/moved"].served_from == base + "/good/moved"
    assert not any("secret" in url or "passwd" in url for url in stored)


def test_nobody_is_asked_who_must_not_be(crawled):
    _, site, _, _, _ = crawled
    paths = {path for _, path in site.asked}
    assert "/secret" not in paths
    assert (CLOSED, "/good/closed") not in site.asked
    assert (SLOW_ROBOTS, "/good/unknown") not in site.asked


def test_what_robots_txt_forbids_is_not_asked(crawled):
    _, site, _, _, _ = crawled
    assert [asked for asked in site.asked if asked[1].startswith("/forbidden")] == []


def test_hosts_that_say_wait_are_left_alone_so_long(crawled):
    _, site, _, (report, _, _), _ = crawled
    first, second = site.asked[MAIN, "/limited"][:2]
    assert 2 <= second - first < 12
    first, second = site.asked[MAIN, "/limited-until"][:2]
    assert 1.9 <= second - first < 12
    assert len(site.asked[PATIENCE, "/patience"]) == 1
    patience = report["refused"][f"http://{PATIENCE}:{site.port}/patience"]
    print(f"refused  {patience}")
    assert "asks to wait 86400 s" in patience


def test_robots_that_cannot_be_read_forbid(crawled):
    _, site, _, (report, _, _), _ = crawled
    words = report["refused"][f"http://{SLOW_ROBOTS}:{site.port}/good/unknown"]
    print(f"refused  {words}")
    assert "robots.txt cannot be read: answered 503" in words


def test_endless_sites_end(crawled):
    _, site, _, (report, _, _), _ = crawled
    endless = [path for host, path in site.asked if host == ENDLESS and "endless" in path]
    wide = [path for host, path in site.asked if host == WIDE and "wide" in path]
    print(f"endless chain: {len(endless)} pages; endless width: {len(wide)} pages")
    assert len(endless) == 5
    assert len(wide) == 150
    assert "more than 150 documents" in report["refused"][f"{WIDE}:{site.port}"]


def test_memory_and_time_are_bounded(crawled):
    _, _, _, (_, peak, seconds), _ = crawled
    assert 0 < peak < 1500
    assert seconds < 180


def test_what_did_not_change_is_not_sent_again(crawled):
    _, site, _, _, (report, _, _) = crawled
    assert report["failed"] == {}
    assert report["documents"] == len(ANSWERED)
    assert report["new_snapshots"] == 0
    assert len(site.asked[MAIN, "/etag"]) == 2


def test_loopback_is_refused_unless_allowed(settings):
    with serve_hostile() as site:
        arguments = [*COMMAND, "crawl", "--url", f"http://{MAIN}:{site.port}/good/1"]
        environment = {**os.environ, "KB_HOME": str(settings.home), "KB_ALLOW_LOOPBACK": "0"}
        done = subprocess.run(
            arguments, capture_output=True, text=True, env=environment, timeout=60, check=False
        )
    assert done.returncode == 1
    assert "127.0.0.1 is a loopback address" in done.stderr
    assert not site.asked
