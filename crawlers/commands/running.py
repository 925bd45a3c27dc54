"""One run: replay files, crawl, read what is new, remember where weights lie."""

from pathlib import Path
from typing import Any

from sqlmodel import Session, select

from crawlers.archiving.context import CrawlContext, CrawlReport
from crawlers.commands.foreign_records import make_foreign_reader
from crawlers.commands.jobs import Job, make_jobs
from crawlers.commands.process import crawl
from crawlers.commands.report import print_report
from crawlers.sources.source import EXTRACTORS
from crawlers.wanted.pages import PageOptions
from crawlers.wanted.wishes import Wishes
from kb.cli.console import make_progress, print_json
from kb.domain.errors import UserError
from kb.embeddings import SentenceEncoder
from kb.settings import Settings
from kb.stages.extract import ExtractReport, count_unread, extract_snapshots
from kb.stages.replay import ReplayReport, replay_files
from kb.store.archive.warc_files import PARTS
from kb.store.database import open_session
from kb.store.files import hold_parts
from kb.store.home.local_weights import LocalWeights, store_local_weights
from kb.store.in_force import is_in_force
from kb.tables import Release


def run_crawl(
    settings: Settings,
    wishes: Wishes = Wishes(),
    replays: list[Path] | None = None,
    as_json: bool = False,
) -> dict[str, Any]:
    """Replay, crawl, read, and report; raise UserError for a crawl that came back empty."""
    jobs = make_jobs(settings, wishes, bool(replays))
    with open_session(settings.url) as session, hold_parts(settings.archive / PARTS):
        replayed = replay_archives(settings, session, replays or [], wishes.pages)
        crawled, digests = crawl_jobs(settings, session, jobs)
        read = read_archive(settings, session)
        remember_weights(session, settings.home, digests)
    print_report(replayed, crawled, read)
    report = {**vars(crawled), "replayed": vars(replayed), "read": vars(read)}
    if as_json:
        print_json(report)
    if crawled.empty:
        raise UserError("\n".join(crawled.empty))
    return report


def replay_archives(
    settings: Settings, session: Session, files: list[Path], options: PageOptions
) -> ReplayReport:
    """Read WARC files into the archive and its tables."""
    if not files:
        return ReplayReport()
    reader = make_foreign_reader(settings, options)
    most = settings.crawl.max_bytes
    with make_progress() as progress:
        task = progress.add_task("replay", total=None)
        return replay_files(
            session, settings.archive, files, reader, most, lambda url: progress.advance(task)
        )


def crawl_jobs(
    settings: Settings, session: Session, jobs: list[Job]
) -> tuple[CrawlReport, dict[str, str]]:
    """Run the spiders; return their report and the digests of weights by path."""
    with make_progress() as progress:
        task = progress.add_task("crawl", total=None)  # links show how many there are
        context = CrawlContext(
            session,
            settings.home,
            settings.archive,
            CrawlReport(),
            lambda address: progress.advance(task),
        )
        crawled = crawl(settings, context, jobs) if jobs else context.report
        progress.update(task, total=crawled.documents, completed=crawled.documents)
    return crawled, context.digests


def read_archive(settings: Settings, session: Session) -> ExtractReport:
    """Read the snapshots that no extractor of the present version has read; show progress."""
    with make_progress() as progress:
        task = progress.add_task("read", total=count_unread(session, EXTRACTORS))
        return extract_snapshots(
            session,
            settings.archive,
            EXTRACTORS,
            lambda url: progress.advance(task),
            SentenceEncoder(),
        )


def read_again(settings: Settings) -> ExtractReport:
    """Read what waits in the archive, without a crawl."""
    with open_session(settings.url) as session:
        return read_archive(settings, session)


def remember_weights(session: Session, home: Path, digests: dict[str, str]) -> None:
    """Note where the weights of the releases lie on this machine."""
    for path, digest in digests.items():
        same = select(Release).where(Release.manifest_sha256 == digest, is_in_force(Release))
        for release in session.exec(same):
            store_local_weights(home, LocalWeights(release.id, path, digest))
