"""The options of `kb crawl`: those that sources declare, and those about pages."""

from collections.abc import Mapping
from datetime import datetime
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any

import typer

from crawlers.sources.source import list_sources
from crawlers.wanted.declaration import ItemOption
from crawlers.wanted.pages import PageOptions
from crawlers.wanted.wishes import Wishes
from kb.domain.drafts import SourceKind


def list_item_options() -> dict[str, ItemOption]:
    """Return the options by which sources are asked for single items, by name of parameter."""
    declared = (source.declaration.option for source in list_sources())
    return {_make_name(option.flag): option for option in declared if option is not None}


def _make_name(flag: str) -> str:
    return flag.removeprefix("--").replace("-", "_")


def list_parameters() -> list[Parameter]:
    """Return the parameters of `kb crawl`, as Typer finds them in a signature."""
    items = [
        _make_parameter(
            name,
            list[str] | None,
            typer.Option(option.flag, help=option.help, metavar=option.metavar),
        )
        for name, option in list_item_options().items()
    ]
    return [_name_sources(), *items, *_list_page_parameters(), *_list_run_parameters()]


def _make_parameter(name: str, kind: Any, option: Any, default: Any = None) -> Parameter:
    annotation = Annotated[kind, option]
    return Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)


def _name_sources() -> Parameter:
    names = [source.name for source in list_sources() if source.declaration.is_listed]
    words = f"A source to read whole: {', '.join(names)}; may be repeated."
    return _make_parameter(
        "source", list[str] | None, typer.Option("--source", metavar="NAME", help=words)
    )


def _list_page_parameters() -> list[Parameter]:
    day = typer.Option(formats=["%Y-%m-%d"], help="The date of the pages.")
    return [
        _make_parameter(
            "only", str | None, typer.Option(help="For --site: only addresses matching a pattern.")
        ),
        _make_parameter(
            "max_age_days", int | None, typer.Option(min=1, help="For --site: only newer pages.")
        ),
        _make_parameter(
            "max_pages", int, typer.Option(min=1, help="For --site: at most this many pages."), 200
        ),
        _make_parameter(
            "follow", bool, typer.Option(help="For --url: follow links to the same host."), False
        ),
        _make_parameter(
            "publisher", str | None, typer.Option(help="Who publishes the pages, if not the host.")
        ),
        _make_parameter(
            "kind", SourceKind, typer.Option(help="What the pages are."), SourceKind.VENDOR_PAGE
        ),
        _make_parameter(
            "vendor", str | None, typer.Option(help="The vendor whose models the pages are about.")
        ),
        _make_parameter(
            "about", str | None, typer.Option(help="The model the pages are about, if only one.")
        ),
        _make_parameter("published_on", datetime | None, day),
    ]


def _list_run_parameters() -> list[Parameter]:
    return [
        _make_parameter(
            "replay",
            list[Path] | None,
            typer.Option(help="A WARC file to read instead of the network; may be repeated."),
        ),
        _make_parameter(
            "installed",
            bool | None,
            typer.Option(
                "--installed/--no-installed",
                help="Read the releases installed here too; by default only if nothing else is "
                "named.",
            ),
        ),
        _make_parameter(
            "as_json", bool, typer.Option("--json", help="Print JSON for programs."), False
        ),
    ]


def make_wishes(given: Mapping[str, Any]) -> Wishes:
    """Return what the command line asks for, from its values by name of parameter."""
    items = {
        option.flag: tuple(given[name])
        for name, option in list_item_options().items()
        if given[name]
    }
    return Wishes(tuple(given["source"] or ()), items, _make_pages(given), given["installed"])


def _make_pages(given: Mapping[str, Any]) -> PageOptions:
    day = given["published_on"]
    names = ("publisher", "kind", "vendor", "about", "follow", "only", "max_age_days", "max_pages")
    return PageOptions(published_on=day.date() if day else None, **{n: given[n] for n in names})
