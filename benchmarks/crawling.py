"""The entries about crawling: pages a second against bare Scrapy, and what reading adds."""

import json
import os
import subprocess
import sys
import tempfile
from statistics import median

from benchmarks.support.measuring import Measured
from tests.crawlers.wide_site import serve_wide

_PAGES = 1000
_RUNS = 9
_SETTINGS = {"KB_ALLOW_LOOPBACK": "1", "KB_CRAWL_DELAY_S": "0", "KB_CRAWL_MAX_DEPTH": "50"}


def measure_crawl() -> Measured:
    """Pages a second of our crawl, archive and rows included, against a bare Scrapy spider."""
    with serve_wide(_PAGES) as (url, counts), tempfile.TemporaryDirectory() as homes:
        pairs = [
            (_run("ours", url, homes)[0], _run("bare", url, homes)[0]) for _ in range(_RUNS + 1)
        ][1:]
        pages = counts[200] / (2 * (_RUNS + 1))
    ours, bare = (median(pages / pair[side] for pair in pairs) for side in (0, 1))
    return Measured(ours, "pages/s", "bare Scrapy spider, same links, robots on", bare, _RUNS)


def measure_reading() -> Measured:
    """Milliseconds to read a crawled page, against those to crawl it."""
    with serve_wide(_PAGES) as (url, counts), tempfile.TemporaryDirectory() as homes:
        runs = [_run("read", url, homes) for _ in range(3)]
        pages = counts[200] / 3
    crawled, read = (median(1000 * run[side] / pages for run in runs) for side in (0, 1))
    return Measured(read, "ms/page", "crawling the same page", crawled, 3)


def _run(which: str, url: str, homes: str) -> list[float]:
    """Return the seconds that a run printed; its home stays until all runs are done.

    A file system that has just removed thousands of files is slow to make new ones.
    """
    done = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "benchmarks.support.crawl_run", which, f"{url}/index/0"],
        env={**os.environ, **_SETTINGS, "KB_HOME": tempfile.mkdtemp(dir=homes)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.split()]
