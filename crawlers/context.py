"""What every spider of a run shares: session, archive, report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from kb.stages.snapshot import Stored


@dataclass
class CrawlReport:
    """What a crawl brought: documents = unchanged + new; failures by address."""

    documents: int = 0
    new_snapshots: int = 0
    by_crawler: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)

    def note_stored(self, stored: Stored, crawler: str) -> None:
        """Count a document that is in the archive now."""
        self.documents += 1
        self.by_crawler[crawler] = self.by_crawler.get(crawler, 0) + 1
        self.new_snapshots += stored.is_new


@dataclass
class CrawlContext:
    """The open session and the folders that a crawl writes to.

    It travels as an argument of the spiders, since Scrapy copies its settings deeply.
    """

    session: Session
    home: Path
    archive: Path
    report: CrawlReport
    on_document: Callable[[str], None] = lambda title: None
    digests: dict[str, str] = field(default_factory=dict)  # of weights files, by path
