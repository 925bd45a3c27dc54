"""How tests are shared out among workers: a file to one of them, what takes long first."""

from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

_ROOT = Path(__file__).parents[1]
# Longest first, so that the workers end together; an engine keeps one of them busy for minutes.
_FIRST = ("engine", "browser", "crawl", "long")
# One server serves all tests of such a group, and the engine's tests count the engines that run.
_TOGETHER = ("engine", "postgres")


class FileScheduling(LoadScopeScheduling):
    """Hands out whole files, since their tests share fixtures, and whole groups of files."""

    def _split_scope(self, nodeid: str) -> str:
        return find_group(nodeid.split("::", 1)[0])


@cache
def find_group(file: str) -> str:
    """Return the group of files that one worker must run, or the file itself.

    Read from the file's own marks: pytest 9.2 made ids immutable, so that the `xdist_group` that
    xdist 3.8 appends to them never arrives, and nothing says so.
    """
    text = (_ROOT / file).read_text("utf-8")
    return next((name for name in _TOGETHER if f"mark.{name}" in text), file)


def sort_longest_first(items: list[pytest.Item]) -> None:
    """Bring files into order, by the longest kind of test that they hold."""
    ranks: dict[object, int] = {}
    for item in items:
        ranks[item.path] = min(_rank(item), ranks.get(item.path, len(_FIRST) + 1))
    items.sort(key=lambda item: ranks[item.path])


def _rank(item: pytest.Item) -> int:
    for place, name in enumerate(_FIRST):
        if item.get_closest_marker(name):
            return place
    starts_processes = hasattr(getattr(item, "module", None), "run_kb")
    return len(_FIRST) if starts_processes else len(_FIRST) + 1
