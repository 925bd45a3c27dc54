"""Crawlers: Scrapy spiders that bring sources in, bytes first."""
