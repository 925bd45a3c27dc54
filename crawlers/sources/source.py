"""A source is a folder beside this file, found by looking: nothing else names it.

    NAME/source.yml    who publishes it, where it is asked, how often, under which licence
    NAME/extract.py    EXTRACTOR: the bytes of a document → claims and results; pure
    NAME/spider.py     SPIDER, where a list of addresses won't do; may be left out

To list sources only the declarations are read. An extractor is imported when a document is to be
read, a spider, and with it Scrapy, when a crawl begins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import crawlers.sources
from crawlers.wanted.declaration import Declaration, load_declaration
from kb.domain.errors import UserError
from kb.domain.found import Extractor

if TYPE_CHECKING:
    from crawlers.spiders.base import SourceSpider


@dataclass(frozen=True)
class CrawlSource:
    """One source: its declaration at once, its extractor and its spider when asked for."""

    declaration: Declaration
    folder: Path

    @property
    def name(self) -> str:
        """The folder's name, under which snapshots are kept."""
        return self.declaration.name

    def load_extractor(self) -> Extractor:
        """Import what reads its documents; raise UserError if that is filed under another name."""
        extractor: Extractor = import_module(f"crawlers.sources.{self.name}.extract").EXTRACTOR
        self._check_name("extract.py", "EXTRACTOR", extractor.crawler)
        return extractor

    def load_spider(self) -> "type[SourceSpider]":
        """Import its spider; one that has none reads the addresses that it declares."""
        if not (self.folder / "spider.py").is_file():
            from crawlers.spiders.documents import DocumentsSpider

            return type("DocumentsSpider", (DocumentsSpider,), {"name": self.name})
        spider: type[SourceSpider] = import_module(f"crawlers.sources.{self.name}.spider").SPIDER
        self._check_name("spider.py", "SPIDER", spider.name)
        return spider

    def _check_name(self, file: str, part: str, given: str) -> None:
        if given != self.name:
            raise UserError(f"{self.name}/{file}: {part} is named {given!r}, not as its folder")


def list_sources() -> list[CrawlSource]:
    """Return all sources, by name."""
    return [_open(folder) for _, folder in sorted(_find_folders().items())]


def find_source(name: str) -> CrawlSource:
    """Return the source `name`; raise UserError naming those there are for any other."""
    folders = _find_folders()
    if name not in folders:
        raise UserError(f"{name[:200]}: no such source; choose from {', '.join(sorted(folders))}")
    return _open(folders[name])


def _find_folders() -> dict[str, Path]:
    """The folders of sources; the package's path may be longer than this folder."""
    places = map(Path, crawlers.sources.__path__)
    files = (path for place in places for path in place.glob("*/source.yml"))
    return {path.parent.name: path.parent for path in files}


@cache
def _open(folder: Path) -> CrawlSource:
    return CrawlSource(load_declaration(folder / "source.yml"), folder)


class Extractors(Mapping[str, Extractor]):
    """The extractors of all sources, by name; each is imported when it is first asked for."""

    def __init__(self) -> None:
        self._loaded: dict[str, Extractor] = {}

    def __getitem__(self, name: str) -> Extractor:
        if name not in self._loaded:
            if name not in _find_folders():
                raise KeyError(name)
            self._loaded[name] = find_source(name).load_extractor()
        return self._loaded[name]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(_find_folders()))

    def __len__(self) -> int:
        return len(_find_folders())


EXTRACTORS = Extractors()
