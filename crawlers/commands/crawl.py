"""The subcommand `kb crawl`."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session, select

from crawlers.archiving.context import CrawlContext, CrawlReport
from crawlers.commands.extractors import EXTRACTORS
from crawlers.commands.foreign_records import make_foreign_reader
from crawlers.commands.jobs import Wishes, make_jobs
from crawlers.commands.options import (
    GitHub,
    Leaderboards,
    MaxAge,
    MaxPages,
    Only,
    OpenRouter,
    Sites,
    Sources,
)
from crawlers.commands.process import crawl
from crawlers.commands.sources import sources_command
from crawlers.sources.local_release.installed import find_at_path, find_installed
from crawlers.sources.local_release.spider import LocalReleaseSpider
from crawlers.sources.web_page.pages import PageOptions, check_page_urls
from crawlers.sources.web_page.spider import WebPageSpider
from kb.cli.console import as_plain_text, err, make_progress, print_json
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError
from kb.embeddings import SentenceEncoder
from kb.settings import Settings, load_settings
from kb.stages.extract import ExtractReport, count_unread, extract_snapshots
from kb.stages.replay import ReplayReport, replay_files
from kb.store.archive.warc_files import PARTS
from kb.store.database import open_session
from kb.store.files import hold_parts
from kb.store.home.local_weights import LocalWeights, store_local_weights
from kb.tables import Release

_MAX_SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("crawl")(crawl_command)
    app.command("sources")(sources_command)


def crawl_command(
    path: Annotated[
        list[Path] | None,
        typer.Option(help="A weights file, or a folder with one; may be given more than once."),
    ] = None,
    hub: Annotated[
        list[str] | None,
        typer.Option(help="A repository on the Hugging Face Hub, owner/name[@revision]."),
    ] = None,
    github: GitHub = None,
    site: Sites = None,
    source: Sources = None,
    openrouter: OpenRouter = None,
    leaderboard: Leaderboards = None,
    only: Only = None,
    max_age_days: MaxAge = None,
    max_pages: MaxPages = 200,
    url: Annotated[
        list[str] | None, typer.Option(help="A page, by its address; may be repeated.")
    ] = None,
    follow: Annotated[
        bool, typer.Option(help="Of each page, follow links to the same host too.")
    ] = False,
    publisher: Annotated[
        str | None, typer.Option(help="Who publishes the pages; by default their host.")
    ] = None,
    kind: Annotated[
        SourceKind, typer.Option(help="What sort of place the pages are.")
    ] = SourceKind.VENDOR_PAGE,
    vendor: Annotated[
        str | None, typer.Option(help="Whose models the pages are about, if one vendor's.")
    ] = None,
    about: Annotated[
        str | None, typer.Option(help="The model the pages are about, if one alone.")
    ] = None,
    published_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The pages' own date.")
    ] = None,
    replay: Annotated[
        list[Path] | None,
        typer.Option(help="A WARC file to read instead of the network; may be repeated."),
    ] = None,
    installed: Annotated[
        bool | None,
        typer.Option(help="Look through the packages installed here; unless others are named."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Bring sources in: every document is archived with its SHA-256 before it is read.

    Without options, the releases that are installed on this machine are read. The Hub's
    address is KB_HUB_URL. How politely and how far a crawl goes is set by KB_CRAWL_DELAY_S and
    its kin. Examples:

    kb crawl --hub owner/name@main --no-installed

    kb crawl --github owner/name@main:models/one

    kb crawl --site https://vendor.example/sitemap.xml --vendor Vendor --only /blog/

    kb crawl --site https://outlet.example/feed.xml --kind press --max-age-days 30

    kb crawl --source openrouter --source lmarena    (`kb sources` lists them)

    kb crawl --openrouter author/slug

    kb crawl --url https://vendor.example/blog/model --vendor Vendor --published-on 2026-01-31

    kb crawl --replay saved.warc.gz --publisher "A Paper" --kind press
    """
    options = PageOptions(
        publisher, kind, vendor, about, published_on.date() if published_on else None, follow
    )
    wishes = Wishes(
        hub=tuple(hub or ()),
        github=tuple(github or ()),
        sites=tuple(site or ()),
        sources=tuple(source or ()),
        openrouter=tuple(openrouter or ()),
        leaderboards=tuple(leaderboard or ()),
        only=only,
        max_age_days=max_age_days,
        max_pages=max_pages,
    )
    report = run_crawl(
        load_settings(),
        path or [],
        wishes,
        not (url or replay or wishes.is_elsewhere) if installed is None else installed,
        url or [],
        replay or [],
        options,
        as_json,
    )
    if report["read"]["kept"] and not as_json:
        err.print("next: `kb link` finds what is said in other words elsewhere")
    if report["failed"] or report["read"]["unread"] or report["replayed"]["failed"]:
        raise typer.Exit(1)


def run_crawl(
    settings: Settings,
    paths: list[Path] | None = None,
    wishes: Wishes = Wishes(),
    installed: bool = True,
    urls: list[str] | None = None,
    replays: list[Path] | None = None,
    options: PageOptions = PageOptions(),
    as_json: bool = False,
) -> dict[str, Any]:
    """Replay, crawl, read, and tell what came of it; raise UserError for an empty crawl."""
    releases = find_installed(settings.home.resolve()) if installed else []
    releases += [find_at_path(path.resolve()) for path in paths or []]
    jobs: list[tuple[Any, dict[str, Any]]] = [(LocalReleaseSpider, {"releases": releases})]
    jobs += make_jobs(settings, wishes, options)
    if urls:
        jobs.append((WebPageSpider, {"urls": check_page_urls(urls), "options": options}))
    if replays and not (releases or urls or len(jobs) > 1):
        jobs = []
    with open_session(settings.url) as session, hold_parts(settings.archive / PARTS):
        replayed = replay_archives(settings, session, replays or [], options)
        total = sum(1 + len(each.documents) for each in releases) + 5 * len(wishes.hub)
        crawled, digests = crawl_jobs(settings, session, jobs, total + len(urls or []))
        read = read_archive(settings, session)
        remember_weights(session, settings.home, digests)
    _tell(replayed, crawled, read)
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
    settings: Settings, session: Session, jobs: list[tuple[Any, dict[str, Any]]], total: int
) -> tuple[CrawlReport, dict[str, str]]:
    """Run the spiders; return their report and the digests of weights by path."""
    with make_progress() as progress:
        task = progress.add_task("crawl", total=total)
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


def _tell(replayed: ReplayReport, crawled: CrawlReport, read: ExtractReport) -> None:
    if replayed.documents or replayed.failed:
        err.print(f"replay: {replayed.documents} records ({replayed.new_snapshots} new)")
    for reason, count in sorted(replayed.left_out.items()):
        err.print(as_plain_text(f"  left out: {count} {reason}"), soft_wrap=True)
    err.print(
        f"crawl: {crawled.documents} documents ({crawled.new_snapshots} new); read "
        f"{read.documents}: {read.releases} releases, {read.kept} claims and results kept, "
        f"{read.excluded} left out, {read.failed} failed"
    )
    _tell_each("", crawled.refused)
    _tell_each("failed: ", {**replayed.failed, **crawled.failed, **read.unread})
    for stopped in crawled.stopped:
        err.print(as_plain_text(f"  stopped early: {stopped}; run the same command to go on"))


def _tell_each(word: str, reasons: dict[str, str]) -> None:
    """A line each, cut short where there are very many; --json has them all."""
    for place, reason in list(reasons.items())[:_MAX_SHOWN]:
        first = reason.splitlines()[0] if reason else "no reason given"
        err.print(as_plain_text(f"  {word}{place[:300]}: {first[:300]}"), soft_wrap=True)
    if len(reasons) > _MAX_SHOWN:
        err.print(f"  and {len(reasons) - _MAX_SHOWN} more (--json lists them)")


def remember_weights(session: Session, home: Path, digests: dict[str, str]) -> None:
    """Note where the weights of the releases lie on this machine."""
    for path, digest in digests.items():
        for release in session.exec(select(Release).where(Release.manifest_sha256 == digest)):
            store_local_weights(home, LocalWeights(release.id, path, digest))
