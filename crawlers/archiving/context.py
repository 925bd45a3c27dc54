"""What every spider of a run shares: session, archive, report."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from sqlmodel import Session

from crawlers.archiving.group_commit import SnapshotWriter
from kb.stages.snapshot import Arrival, Stored
from kb.store.archive.snapshots import read_snapshot_sources


@dataclass
class CrawlReport:
    """What a crawl brought: documents = unchanged + new; refusals and failures by address.

    `empty` names the sources that brought less than their declaration expects, `stopped` the
    spiders that ran out of time.
    """

    documents: int = 0
    new_snapshots: int = 0
    by_crawler: dict[str, int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)

    def note_stored(self, stored: Stored, crawler: str) -> None:
        """Count a document that was stored."""
        self.note_unchanged(crawler)
        self.new_snapshots += stored.is_new

    def note_unchanged(self, crawler: str) -> None:
        """Count a document that the archive already has."""
        self.documents += 1
        self.by_crawler[crawler] = self.by_crawler.get(crawler, 0) + 1


@dataclass
class CrawlContext:
    """The open session and the folders that a crawl writes to.

    It travels as an argument of the spiders, since Scrapy copies its settings deeply.
    """

    session: Session
    home: Path
    archive: Path
    report: CrawlReport
    on_document: Callable[[str], None] = lambda address: None
    digests: dict[str, str] = field(default_factory=dict)  # of weights files, by path

    @cached_property
    def sources_before(self) -> set[str]:
        """Sources that had a snapshot when the run began; only these can be unchanged."""
        return read_snapshot_sources(self.session)

    @cached_property
    def writer(self) -> SnapshotWriter:
        """What stores documents for all spiders."""
        return SnapshotWriter(self.session, self.archive, self._note_stored, self._note_error)

    def _note_stored(self, arrival: Arrival, stored: Stored) -> None:
        self.report.note_stored(stored, arrival.by.crawler)
        self.on_document(arrival.fetched.url)

    def _note_error(self, arrival: Arrival, error: Exception) -> None:
        first = (str(error).splitlines() or [""])[0]
        self.report.failed[arrival.fetched.url] = f"not stored: {type(error).__name__}: {first}"
