"""`kb crawl`: sources fetched, archived and read."""

from inspect import Signature
from typing import Any

import typer

from crawlers.commands.options import list_parameters, make_wishes
from kb.cli.console import err
from kb.settings import load_settings


def crawl(**given: Any) -> None:
    """Fetch sources, archive them and read the claims in them.

    Every document is archived with its SHA-256 before it is read. Without options, the releases
    installed on this machine are read. KB_CRAWL_DELAY_S and similar settings limit how fast and
    how far a crawl goes. `kb sources` lists the sources. Examples:

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
        err.print(
            "next: `kb review readings` shows what was read, to be accepted or rejected; `kb link` "
            "joins claims that say the same thing in other words",
            soft_wrap=True,
        )
    if report["failed"] or report["read"]["unread"] or report["replayed"]["failed"]:
        raise typer.Exit(1)


# The sources declare what they can be asked for, so no signature can be written down.
crawl.__signature__ = Signature(list_parameters())  # type: ignore[attr-defined]
