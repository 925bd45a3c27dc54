"""From what a run is asked for to spiders and their arguments."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from crawlers.sources.source import CrawlSource, find_source, list_sources
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
    whole = {*_check_names(wishes.sources, sources), *_list_defaults(wishes, sources, is_replay)}
    items = dict(_share_items(wishes, sources))
    jobs: list[Job] = []
    for source in sources:
        wanted = Wanted(
            source.declaration,
            settings,
            source.name in whole,
            items.get(source.name, ()),
            wishes.pages,
        )
        if wanted.whole or wanted.items:
            spider = source.load_spider()
            jobs.append((spider, spider.make_arguments(wanted)))
    return jobs


def _check_names(names: tuple[str, ...], sources: list[CrawlSource]) -> tuple[str, ...]:
    """The names, if each is a source that says by itself what to read."""
    listed = [source.name for source in sources if source.declaration.is_listed]
    for name in names:
        option = next((s.declaration.option for s in sources if s.name == name), None)
        if name not in listed and option is not None:
            raise UserError(f"--source {name}: say what to read of it, with {option.flag}")
        if name not in listed:
            raise UserError(f"--source {name[:200]}: no such source; there are {', '.join(listed)}")
    return names


def _list_defaults(wishes: Wishes, sources: list[CrawlSource], is_replay: bool) -> Iterator[str]:
    """What is read when a run names nothing else; releases may be named beside it."""
    wanted = wishes.defaults
    if wanted is None:
        named = {*wishes.sources, *(name for name, _ in _share_items(wishes, sources))}
        kinds = {find_source(name).declaration.kind for name in named}
        wanted = not is_replay and kinds <= {SourceKind.RELEASE}
    if wanted:
        yield from (source.name for source in sources if source.declaration.by_default)


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
