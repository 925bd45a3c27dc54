"""Options of `kb crawl` that ask for sources."""

from typing import Annotated

import typer

from crawlers.commands.jobs import SOURCES

GitHub = Annotated[
    list[str] | None,
    typer.Option(help="A repository on GitHub, owner/name[@ref][:folder or file]; repeatable."),
]
Sites = Annotated[
    list[str] | None,
    typer.Option(
        "--site",
        help="A site's articles, by its sitemap, feed or a page that names them; repeatable. "
        "With --kind press it is an outlet.",
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", help=f"A declared source: {', '.join(SOURCES)}; repeatable."),
]
OpenRouter = Annotated[
    list[str] | None,
    typer.Option(help="A model's providers on OpenRouter, author/slug; repeatable."),
]
Leaderboards = Annotated[
    list[str] | None,
    typer.Option("--leaderboard", help="A table of LMArena's, CSV, Parquet or JSON; repeatable."),
]
Only = Annotated[
    str | None, typer.Option(help="Of a --site, only pages whose address matches this pattern.")
]
MaxAge = Annotated[
    int | None, typer.Option("--max-age-days", min=1, help="Of a --site, only newer pages.")
]
MaxPages = Annotated[int, typer.Option(min=1, help="Of a --site, at most so many pages.")]
