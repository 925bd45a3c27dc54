"""Run spiders in this process, to the end."""

import gc
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.archiving.context import CrawlContext, CrawlReport
from crawlers.commands.jobs import Job
from crawlers.fetching.failure_words import describe_error
from crawlers.fetching.scrapy_settings import make_scrapy_settings
from crawlers.sources.source import find_source
from kb.settings import Settings
from kb.text.counting import count_things


def crawl(settings: Settings, context: CrawlContext, jobs: list[Job]) -> CrawlReport:
    """Run the spiders to the end; the report names those that came back empty."""
    process = AsyncCrawlerProcess(make_scrapy_settings(settings))
    for spider, arguments in jobs:
        crawler = process.create_crawler(spider)
        _watch(crawler, context.report)
        process.crawl(crawler, context=context, **arguments)
    gc.freeze()  # what is imported now stays: collecting would walk it all again and again
    try:
        process.start(install_signal_handlers=False)
    finally:
        gc.unfreeze()
    context.report.empty += filter(
        None, (_find_emptiness(spider.name, context.report) for spider, _ in jobs)
    )
    return context.report


def _watch(crawler: Any, report: CrawlReport) -> None:
    def on_error(failure: Any, response: Any, spider: Spider) -> None:
        report.failed[response.url] = describe_error(failure.value)

    def on_closed(spider: Spider, reason: str) -> None:
        if reason != "finished":
            report.stopped.append(f"{spider.name}: {reason.removeprefix('closespider_')}")

    crawler.signals.connect(on_error, signal=signals.spider_error, weak=False)
    crawler.signals.connect(on_closed, signal=signals.spider_closed, weak=False)


def _find_emptiness(name: str, report: CrawlReport) -> str | None:
    documents = report.by_crawler.get(name, 0)
    least = find_source(name).declaration.minimum.documents
    if documents >= least:
        return None
    reasons = {**report.failed, **report.refused}
    why = "; ".join(f"{url}: {error}" for url, error in list(reasons.items())[:3])
    return f"{name}: {count_things(documents, 'document')}, at least {least} were expected" + (
        f" ({why})" if why else "; is the address right, and the network up?"
    )
