"""Scrapy's settings for a crawl: polite, bounded, and closed to this machine's own network."""

import logging
from typing import Any

from kb.settings import Settings

_RETRIES = 3
# What they would log is in our report, one line per address.
_REPORTED_ELSEWHERE = (
    "scrapy.core.scraper",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.downloadermiddlewares.httpcompression",
    "scrapy.downloadermiddlewares.retry",
    "scrapy.downloadermiddlewares.robotstxt",
    "scrapy.utils.log",
)
# What Scrapy would do for every page and nobody here needs: counts that nobody reads, a check for
# links off the site that spiders make themselves, passwords, a second limit on addresses' length.
_LEFT_OUT: dict[str, dict[str, None]] = {
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
        "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
        "scrapy.downloadermiddlewares.stats.DownloaderStats": None,
    },
    "SPIDER_MIDDLEWARES": {"scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None},
    "EXTENSIONS": {
        "scrapy.extensions.corestats.CoreStats": None,
        "scrapy.extensions.logcount.LogCount": None,
        "scrapy.extensions.logstats.LogStats": None,
    },
}


def make_scrapy_settings(settings: Settings) -> dict[str, Any]:
    """Return Scrapy's settings: polite, bounded, and closed to this machine's own network."""
    for name in _REPORTED_ELSEWHERE:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return {**_make_manners(settings), **_make_bounds(settings), **_make_parts(settings)}


def _make_manners(settings: Settings) -> dict[str, Any]:
    limits = settings.crawl
    return {
        "USER_AGENT": f"as-claimed (+{settings.contact})",
        "ROBOTSTXT_OBEY": True,
        "DOWNLOAD_DELAY": limits.delay_s,
        "DOWNLOAD_SLOTS": {"": {"delay": 0, "concurrency": 2}},  # files on disk have no host
        "AUTOTHROTTLE_ENABLED": limits.delay_s > 0,
        "AUTOTHROTTLE_START_DELAY": limits.delay_s,
        "CONCURRENT_REQUESTS": 2 * limits.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": limits.concurrency,
        "COOKIES_ENABLED": False,
        "REFERRER_POLICY": "no-referrer",  # no host needs to know where its address was found
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "RETRY_TIMES": _RETRIES,
        "RETRY_AFTER_MAX_S": limits.retry_after_s,
    }


def _make_bounds(settings: Settings) -> dict[str, Any]:
    limits = settings.crawl
    return {
        "DOWNLOAD_TIMEOUT": limits.page_s,
        "DOWNLOAD_MAXSIZE": limits.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "REDIRECT_MAX_TIMES": limits.max_redirects,
        "DEPTH_LIMIT": limits.max_depth,
        "MAX_PAGES_PER_HOST": limits.max_pages,
        "CLOSESPIDER_TIMEOUT": limits.max_minutes * 60,
        "METAREFRESH_ENABLED": False,  # a page counts as it was served
        "ALLOW_LOOPBACK": settings.allow_loopback,
        "LOOPBACK_PORTS": settings.loopback_ports,
    }


def _make_parts(settings: Settings) -> dict[str, Any]:
    return {
        "LOG_LEVEL": "WARNING",
        "CONCURRENT_ITEMS": 1,  # spiders yield requests only; more would be idle tasks per response
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # a proxy would connect where the guard cannot look
        "TWISTED_DNS_RESOLVER": "crawlers.fetching.guard.GuardedResolver",
        "DUPEFILTER_CLASS": "crawlers.fetching.caps.OwnAddressFilter",
        "DOWNLOAD_HANDLERS": {
            "http": "crawlers.fetching.guard.GuardedHttpHandler",
            "https": "crawlers.fetching.guard.GuardedHttpHandler",
            "file": "crawlers.fetching.local_files.LocalFileHandler",
            "data": None,
            "ftp": None,
            "s3": None,
        },
        "DOWNLOADER_MIDDLEWARES": {
            "crawlers.archiving.composed.ComposedMiddleware": 40,
            "crawlers.archiving.middleware.ArchiveMiddleware": 50,
            "crawlers.fetching.caps.PageCap": 60,
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "crawlers.fetching.robots.Robots": 100,
            "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
            "crawlers.fetching.pacing.PoliteRetry": 550,
            **_LEFT_OUT["DOWNLOADER_MIDDLEWARES"],
        },
        "SPIDER_MIDDLEWARES": _LEFT_OUT["SPIDER_MIDDLEWARES"],
        "EXTENSIONS": {"crawlers.fetching.pacing.CrawlDelay": 500, **_LEFT_OUT["EXTENSIONS"]},
        "STATS_CLASS": "scrapy.statscollectors.DummyStatsCollector",
    }
