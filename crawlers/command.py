"""The subcommand `kb crawl`."""

from pathlib import Path
from typing import Annotated, Any

import typer

from crawlers.context import CrawlContext, CrawlReport
from crawlers.process import crawl
from crawlers.sources.huggingface.spider import HuggingFaceSpider
from crawlers.sources.local_release.installed import find_at_path, find_installed
from crawlers.sources.local_release.spider import LocalReleaseSpider
from kb.cli.console import as_plain_text, err, make_progress, print_json
from kb.settings import Settings, load_settings
from kb.store.database import open_session


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
        print_json(vars(report))
    if report.failed:
        raise typer.Exit(1)


def run_crawl(
    settings: Settings,
    paths: list[Path] | None = None,
    repositories: list[str] | None = None,
    installed: bool = True,
) -> CrawlReport:
    """Crawl, show progress, and tell what came of it."""
    releases = find_installed(settings.home.resolve()) if installed else []
    releases += [find_at_path(path.resolve()) for path in paths or []]
    jobs: list[tuple[Any, dict[str, Any]]] = [(LocalReleaseSpider, {"releases": releases})]
    if repositories:
        arguments = {"hub_url": settings.hub_url, "repositories": repositories}
        jobs.append((HuggingFaceSpider, arguments))
    total = sum(1 + len(each.documents) for each in releases) + 4 * len(repositories or [])
    with open_session(settings.url) as session, make_progress() as progress:
        task = progress.add_task("crawl", total=total)
        context = CrawlContext(
            session,
            settings.home,
            settings.archive,
            CrawlReport(),
            lambda title: progress.advance(task),
        )
        report = crawl(settings, context, jobs)
        progress.update(task, total=report.documents, completed=report.documents)
    err.print(
        f"crawl: {report.releases} releases, {report.documents} documents "
        f"({report.new_snapshots} new), {report.claims} claims found"
    )
    for url, reason in report.failed.items():
        err.print(as_plain_text(f"  failed: {url}: {reason.splitlines()[0][:300]}"), soft_wrap=True)
    return report
