"""Run spiders in this process, with settings of a good citizen."""

import logging
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import AsyncCrawlerProcess

from crawlers.context import CrawlContext, CrawlReport
from crawlers.declaration import load_declaration
from kb.domain.errors import UserError
from kb.settings import Settings


def crawl(
    settings: Settings, context: CrawlContext, jobs: list[tuple[type[Spider], dict[str, Any]]]
) -> CrawlReport:
    """Run the spiders to the end; raise UserError for one that came back empty."""
    process = AsyncCrawlerProcess(_make_scrapy_settings(settings))
    for spider, arguments in jobs:
        crawler = process.create_crawler(spider)
        _watch(crawler, context.report)
        process.crawl(crawler, context=context, **arguments)
    process.start(install_signal_handlers=False)
    for spider, _ in jobs:
        _check_not_empty(spider.name, context.report)
    return context.report


def _watch(crawler: Any, report: CrawlReport) -> None:
    def on_error(failure: Any, response: Any, spider: Spider) -> None:
        report.failed[response.url] = f"{failure.type.__name__}: {failure.getErrorMessage()}"

    crawler.signals.connect(on_error, signal=signals.spider_error, weak=False)


def _check_not_empty(name: str, report: CrawlReport) -> None:
    documents = report.by_crawler.get(name, 0)
    least = load_declaration(name).minimum.documents
    if documents < least:
        why = "; ".join(f"{url}: {error}" for url, error in report.failed.items())
        raise UserError(
            f"{name}: {documents} documents, at least {least} were expected"
            + (f" ({why})" if why else "; is the address right, and the network up?")
        )


def _make_scrapy_settings(settings: Settings) -> dict[str, Any]:
    logging.getLogger("scrapy.core.scraper").setLevel(logging.CRITICAL)  # told in our report
    return {
        "USER_AGENT": f"as-claimed (+{settings.contact})",
        "ROBOTSTXT_OBEY": True,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 0.25,
        "DOWNLOAD_TIMEOUT": 60,
        "DOWNLOAD_MAXSIZE": 20_000_000,
        "RETRY_TIMES": 3,
        "REDIRECT_MAX_TIMES": 5,
        "TELNETCONSOLE_ENABLED": False,
        "LOG_LEVEL": "WARNING",
        "DOWNLOAD_HANDLERS": {"file": "crawlers.local_files.LocalFileHandler"},
        "DOWNLOADER_MIDDLEWARES": {
            "crawlers.composed.ComposedMiddleware": 40,
            "crawlers.archiving.ArchiveMiddleware": 50,
        },
    }
