"""The subcommand `kb crawl`."""

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlmodel import Session, select

from crawlers.context import CrawlContext, CrawlReport
from crawlers.extractors import EXTRACTORS
from crawlers.process import crawl
from crawlers.sources.huggingface.spider import HuggingFaceSpider
from crawlers.sources.local_release.installed import find_at_path, find_installed
from crawlers.sources.local_release.spider import LocalReleaseSpider
from kb.cli.console import as_plain_text, err, make_progress, print_json
from kb.settings import Settings, load_settings
from kb.stages.extract import ExtractReport, count_unread, extract_snapshots
from kb.store.database import open_session
from kb.store.local_weights import LocalWeights, store_local_weights
from kb.tables import Release


def register(app: typer.Typer) -> None:
    """Add this subcommand."""
    app.command("crawl")(crawl_command)


def crawl_command(
    path: Annotated[
        list[Path] | None,
        typer.Option(help="A weights file, or a folder with one; may be given more than once."),
    ] = None,
    hub: Annotated[
        list[str] | None,
        typer.Option(help="A repository on the Hugging Face Hub, owner/name; may be repeated."),
    ] = None,
    installed: Annotated[
        bool, typer.Option(help="Look through the packages installed here.")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Bring sources in: every document is archived with its SHA-256 before it is read.

    Without options, the releases that are installed on this machine are read. The Hub's
    address is KB_HUB_URL.
    """
    report = run_crawl(load_settings(), path or [], hub or [], installed)
    if as_json:
        print_json(report)
    elif report["read"]["kept"]:
        err.print("next: `kb link` finds what is said in other words elsewhere")
    if report["failed"] or report["read"]["unread"]:
        raise typer.Exit(1)


def run_crawl(
    settings: Settings,
    paths: list[Path] | None = None,
    repositories: list[str] | None = None,
    installed: bool = True,
) -> dict[str, Any]:
    """Crawl, show progress, and tell what came of it."""
    releases = find_installed(settings.home.resolve()) if installed else []
    releases += [find_at_path(path.resolve()) for path in paths or []]
    jobs: list[tuple[Any, dict[str, Any]]] = [(LocalReleaseSpider, {"releases": releases})]
    if repositories:
        arguments = {"hub_url": settings.hub_url, "repositories": repositories}
        jobs.append((HuggingFaceSpider, arguments))
    total = sum(1 + len(each.documents) for each in releases) + 4 * len(repositories or [])
    with open_session(settings.url) as session:
        with make_progress() as progress:
            task = progress.add_task("crawl", total=total)
            context = CrawlContext(
                session,
                settings.home,
                settings.archive,
                CrawlReport(),
                lambda title: progress.advance(task),
            )
            crawled = crawl(settings, context, jobs)
            progress.update(task, total=crawled.documents, completed=crawled.documents)
        read = read_archive(settings, session)
        remember_weights(session, settings.home, context.digests)
    report = {**vars(crawled), "read": vars(read)}
    err.print(
        f"crawl: {crawled.documents} documents ({crawled.new_snapshots} new); read "
        f"{read.documents}: {read.releases} releases, {read.kept} claims and results kept, "
        f"{read.excluded} left out, {read.failed} failed"
    )
    for url, reason in {**crawled.failed, **read.unread}.items():
        err.print(as_plain_text(f"  failed: {url}: {reason.splitlines()[0][:300]}"), soft_wrap=True)
    return report


def read_archive(settings: Settings, session: Session) -> ExtractReport:
    """Read the snapshots that no extractor of the present version has read; show progress."""
    with make_progress() as progress:
        task = progress.add_task("read", total=count_unread(session, EXTRACTORS))
        return extract_snapshots(
            session, settings.archive, EXTRACTORS, lambda url: progress.advance(task)
        )


def remember_weights(session: Session, home: Path, digests: dict[str, str]) -> None:
    """Note where the weights of the releases lie on this machine."""
    for path, digest in digests.items():
        for release in session.exec(select(Release).where(Release.manifest_sha256 == digest)):
            store_local_weights(home, LocalWeights(release.id, path, digest))
