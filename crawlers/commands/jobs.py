"""From what a run is asked for to spiders and their arguments."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crawlers.sources.source import CrawlSource, list_sources
from crawlers.wanted.wishes import Wanted, Wishes
from kb.domain.drafts import SourceKind
from kb.domain.errors import UserError
from kb.settings import Settings

if TYPE_CHECKING:
    from crawlers.spiders.base import SourceSpider

Job = tuple["type[SourceSpider]", dict[str, Any]]


def make_jobs(settings: Settings, wishes: Wishes, is_replay: bool = False) -> list[Job]:
    """Return a job for each source that is wanted; `is_replay` says that files are read anyway.

    Raises UserError for a name, an address or an item that cannot be asked for.
    """
    sources = list_sources()
    _check_names(wishes.sources, sources)
    items = dict(_share_items(wishes, sources))
    jobs: list[Job] = []
    for source in sources:
        is_whole = source.name in wishes.sources or (
            source.declaration.by_default and _wants_defaults(wishes, items, sources, is_replay)
        )
        if is_whole or source.name in items:
            own = items.get(source.name, ())
            wanted = Wanted(source.declaration, settings, is_whole, own, wishes.pages)
            spider = source.load_spider()
            jobs.append((spider, spider.make_arguments(wanted)))
    return jobs


def _check_names(names: tuple[str, ...], sources: list[CrawlSource]) -> None:
    """Raise UserError for a name of no source, or of one that has to be asked for items."""
    listed = [source.name for source in sources if source.declaration.is_listed]
    options = {source.name: source.declaration.option for source in sources}
    for name in names:
        option = options.get(name)
        if name not in listed and option is not None:
            raise UserError(f"--source {name}: say what to read of it, with {option.flag}")
        if name not in listed:
            raise UserError(
                f"--source {name[:200]}: no such source; choose from {', '.join(listed)}"
            )


def _wants_defaults(
    wishes: Wishes, items: dict[str, tuple[str, ...]], sources: list[CrawlSource], is_replay: bool
) -> bool:
    """Whether to read what is read by default: unless other sources than releases are named."""
    if wishes.defaults is not None:
        return wishes.defaults
    named = {*wishes.sources, *items}
    kinds = {source.declaration.kind for source in sources if source.name in named}
    return not is_replay and kinds <= {SourceKind.RELEASE}


def _share_items(
    wishes: Wishes, sources: list[CrawlSource]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The items for each source; of several with the same option, --kind says which is meant."""
    for flag, items in wishes.items.items():
        takers = [
            source
            for source in sources
            if source.declaration.option and source.declaration.option.flag == flag
        ]
        if len(takers) > 1:
            takers = _choose_kind(flag, takers, wishes.pages.kind)
        for source in takers if items else ():
            yield source.name, items


def _choose_kind(flag: str, takers: list[CrawlSource], kind: SourceKind) -> list[CrawlSource]:
    chosen = [source for source in takers if source.declaration.kind is kind]
    if not chosen:
        kinds = " or ".join(sorted((s.declaration.kind for s in takers), reverse=True))
        raise UserError(f"{flag} needs --kind {kinds}, not {kind}")
    return chosen
