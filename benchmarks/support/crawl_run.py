"""One crawl of a page and all that it links to, in a process of its own; prints its seconds.

A reactor runs once in a process, so `benchmarks.crawling` starts this for every run:
`python -m benchmarks.support.crawl_run ours|bare ADDRESS`. Both ask robots.txt, follow the same
links with the same link extractor, eight requests at a time, without delay. `ours` also archives
every page, with its rows, in a fresh KB_HOME; `read` then reads them and prints the seconds of
that as well.
"""

import sys
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response
from scrapy.linkextractors import LinkExtractor

from crawlers.commands.jobs import Job
from crawlers.commands.running import crawl_jobs
from crawlers.sources.source import EXTRACTORS
from crawlers.sources.web_page.spider import WebPageSpider
from crawlers.wanted.pages import PageOptions
from kb.settings import Settings, load_settings
from kb.stages.extract import extract_snapshots
from kb.store.database import open_session
from kb.store.migrating import upgrade


class BareSpider(Spider):
    """Follows every link."""

    name = "bare"

    def __init__(self, url: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = url

    async def start(self) -> AsyncIterator[Any]:
        """Ask for the first page."""
        yield Request(self.url)

    def parse(self, response: Response) -> Iterator[Request]:
        """Ask for all pages that this one links to."""
        for link in LinkExtractor().extract_links(response):  # type: ignore[arg-type]
            yield Request(link.url)


def crawl_bare(url: str) -> float:
    """Crawl with Scrapy alone; return seconds."""
    process = AsyncCrawlerProcess(
        {
            "ROBOTSTXT_OBEY": True,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
            "CONCURRENT_ITEMS": 1,
            "LOG_LEVEL": "WARNING",
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
        }
    )
    process.crawl(BareSpider, url=url)
    began = time.perf_counter()
    process.start(install_signal_handlers=False)
    return time.perf_counter() - began


def crawl_ours(settings: Settings, url: str) -> float:
    """Crawl with `kb crawl`'s own parts; return seconds, reading not included."""
    jobs: list[Job] = [(WebPageSpider, {"urls": [url], "options": PageOptions(follow=True)})]
    with open_session(settings.url) as session:
        began = time.perf_counter()
        crawl_jobs(settings, session, jobs)
        return time.perf_counter() - began


def read_ours(settings: Settings) -> float:
    """Read what was crawled; return seconds."""
    with open_session(settings.url) as session:
        began = time.perf_counter()
        extract_snapshots(session, settings.archive, EXTRACTORS)
        return time.perf_counter() - began


def main() -> None:
    """Run the one that is asked for."""
    which, url = sys.argv[1:]
    if which == "bare":
        print(crawl_bare(url))
        return
    settings = load_settings()
    upgrade(settings.url)
    print(crawl_ours(settings, url))
    if which == "read":
        print(read_ours(settings))


if __name__ == "__main__":
    main()
