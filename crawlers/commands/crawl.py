"""The subcommand `kb crawl`."""

from inspect import Signature
from typing import Any

import typer

from crawlers.commands.options import list_parameters, make_wishes
from crawlers.commands.sources import sources_command
from kb.cli.console import err
from kb.settings import load_settings


def register(app: typer.Typer) -> None:
    """Add this subcommand, with the options that the sources declare."""
    crawl_command.__signature__ = Signature(list_parameters())  # type: ignore[attr-defined]
    app.command("crawl")(crawl_command)
    app.command("sources")(sources_command)


def crawl_command(**given: Any) -> None:
    """Bring sources in: every document is archived with its SHA-256 before it is read.

    Without options, the releases installed on this machine are read. KB_CRAWL_DELAY_S and similar
    settings say how politely and how far a crawl goes. `kb sources` lists the sources. Examples:

    kb crawl --hub owner/name@main --no-installed

    kb crawl --github owner/name@main:models/one

    kb crawl --site https://vendor.example/sitemap.xml --vendor Vendor --only /blog/

    kb crawl --site https://outlet.example/feed.xml --kind press --max-age-days 30

    kb crawl --source openrouter --source lmarena

    kb crawl --openrouter author/slug

    kb crawl --url https://vendor.example/blog/model --vendor Vendor --published-on 2026-01-31

    kb crawl --replay saved.warc.gz --publisher "A Paper" --kind press
    """
    from crawlers.commands.running import run_crawl  # here, since it imports Scrapy

    wishes, as_json = make_wishes(given), given["as_json"]
    report = run_crawl(load_settings(), wishes, given["replay"] or [], as_json)
    if report["read"]["kept"] and not as_json:
        err.print("next: `kb link` joins claims that say the same in other words")
    if report["failed"] or report["read"]["unread"] or report["replayed"]["failed"]:
        raise typer.Exit(1)
