"""Every page there is: each file in `dashboard.pages` that declares `PAGE`."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType

from dashboard import pages
from dashboard.page import Group, Page

_GROUPS = tuple(Group)


@cache
def find_pages(package: ModuleType = pages) -> tuple[Page, ...]:
    """Return the pages of `package` in the order of the navigation, those outside it last.

    Raises ValueError where two pages have one address.
    """
    found = sorted(_read_pages(package), key=_place)
    addresses = [page.address for page in found]
    if doubles := {address for address in addresses if addresses.count(address) > 1}:
        raise ValueError(f"two pages have the address {', '.join(sorted(doubles))}")
    return tuple(found)


def list_groups() -> dict[Group, list[Page]]:
    """Return the pages in the navigation, by group."""
    groups = {group: [page for page in find_pages() if page.group is group] for group in _GROUPS}
    return {group: members for group, members in groups.items() if members}


def _read_pages(package: ModuleType) -> Iterator[Page]:
    for module in walk_packages(package.__path__, f"{package.__name__}."):
        page = getattr(import_module(module.name), "PAGE", None)
        if isinstance(page, Page):
            yield page


def _place(page: Page) -> tuple[int, int, str]:
    group = len(_GROUPS) if page.group is None else _GROUPS.index(page.group)
    return group, page.order, page.title
