"""Item pipeline: what was read out of a page goes into the knowledge base."""

from scrapy.crawler import Crawler

from crawlers.context import CrawlContext
from crawlers.items import Page
from kb.stages.extract import insert_extraction, insert_release
from kb.store.local_weights import LocalWeights, store_local_weights
from kb.store.reads import find_model


class InsertPipeline:
    """Inserts releases and claims; counts what is new."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "InsertPipeline":
        """Make it as Scrapy does."""
        return cls(crawler)

    def process_item(self, page: Page) -> Page:
        """Insert one page's findings."""
        context: CrawlContext = self.crawler.spider.context  # type: ignore[union-attr]
        session, report = context.session, context.report
        session.rollback()  # whatever an earlier page left half done
        if page.release is not None:
            release = insert_release(session, page.release, page.stored.source)
            report.releases += 1
            if page.weights_path and page.weights_sha256:
                weights = LocalWeights(release.id, page.weights_path, page.weights_sha256)
                store_local_weights(context.home, weights)
        model = find_model(session, page.vendor, page.about)
        if model is not None:
            report.new_rows += insert_extraction(
                session,
                page.extraction,
                model,
                page.stored.source,
                page.stored.snapshot,
                page.extractor,
            )
        report.claims += len(page.extraction.claims)
        report.excluded += len(page.extraction.excluded)
        return page
