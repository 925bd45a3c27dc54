"""Fetch single pages for somebody who wants to read them now: guarded, polite, archived."""

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from urllib.parse import urldefrag

from sqlmodel import Session

from crawlers.archiving.context import CrawlReport
from crawlers.articles.page_facts import read_page_facts
from crawlers.commands.jobs import Job
from crawlers.commands.running import crawl_jobs
from crawlers.reading.decoding import decode
from crawlers.sources.source import EXTRACTORS
from crawlers.sources.web_page.pages import check_page_urls
from crawlers.sources.web_page.spider import WebPageSpider
from crawlers.wanted.pages import PageOptions
from kb.domain.drafts import SourceKind
from kb.domain.encoding import Encoder
from kb.domain.ids import make_content_id
from kb.reading.page import ReadPage, UnreadPage
from kb.settings import Settings
from kb.stages.extract import open_document
from kb.store.archive.snapshots import read_newest
from kb.store.archive.warc_files import PARTS
from kb.store.database import open_session
from kb.store.files import hold_parts
from kb.tables import Snapshot, Source


def read_pages(
    settings: Settings,
    urls: list[str],
    *,
    publisher: str | None = None,
    kind: SourceKind = SourceKind.VENDOR_PAGE,
    vendor: str | None = None,
    about: str | None = None,
    encoder: Encoder | None = None,
    wants_claims: bool = False,
) -> dict[str, ReadPage | UnreadPage]:
    """Archive the pages in `settings.home` and return them by address, as they were asked for.

    A page that could not be read says why. Raises UserError for an address that cannot be asked.
    """
    options = PageOptions(publisher, kind, vendor, about)
    asked = list(dict.fromkeys(check_page_urls(urls)))
    # A process of its own: the engine of a crawl starts once in a process, and we may ask again.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        report = pool.submit(_crawl, settings, asked, options).result()
    with open_session(settings.url) as session:
        return {
            url: _read_page(settings, session, url, report, encoder, wants_claims) for url in asked
        }


def _crawl(settings: Settings, urls: list[str], options: PageOptions) -> CrawlReport:
    jobs: list[Job] = [(WebPageSpider, {"urls": urls, "options": options})]
    with open_session(settings.url) as session, hold_parts(settings.archive / PARTS):
        report, _ = crawl_jobs(settings, session, jobs)
    return report


def _read_page(
    settings: Settings,
    session: Session,
    url: str,
    report: CrawlReport,
    encoder: Encoder | None,
    wants_claims: bool,
) -> ReadPage | UnreadPage:
    address = urldefrag(url).url
    reasons = {**report.failed, **report.refused}
    source = session.get(Source, make_content_id("src", address))
    newest = None if source is None else read_newest(session, source.id)
    if address in reasons or source is None or newest is None:
        return UnreadPage(url, reasons.get(address, "; ".join(report.empty) or "no answer"))
    snapshot = session.get_one(Snapshot, newest.id)
    document = open_document(settings.archive, source, snapshot, encoder)
    text = decode(document)
    facts = read_page_facts(text)
    extraction = EXTRACTORS["web_page"].read(document) if wants_claims else None
    day = date.fromisoformat(facts.published_on) if facts.published_on else None
    fetched_on = snapshot.fetched_at.date()
    return ReadPage(
        url, text, snapshot.sha256, fetched_on, facts.publisher, facts.title, day, extraction
    )
