"""How tests are shared out among workers: a file to one of them, what takes long first."""

import pytest
from xdist.scheduler import LoadGroupScheduling

# Longest first, so that the workers end together; an engine keeps one of them busy for minutes.
_FIRST = ("engine", "browser", "crawl", "long")
# One server serves all tests of such a group, and the engine's tests count the engines that run.
_TOGETHER = ("engine", "postgres")


class FileScheduling(LoadGroupScheduling):
    """Hands out whole files, since their tests share fixtures, and whole groups."""

    def _split_scope(self, nodeid: str) -> str:
        return super()._split_scope(nodeid).split("::", 1)[0]


def keep_together(items: list[pytest.Item]) -> None:
    """Mark the tests that one worker must run."""
    for item in items:
        for name in _TOGETHER:
            if item.get_closest_marker(name):
                item.add_marker(pytest.mark.xdist_group(name))


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
