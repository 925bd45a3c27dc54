"""Pages register themselves: each file that declares `PAGE` is found, at an address of its own."""

from dashboard.page import Group
from dashboard.registry import find_pages, list_groups
from tests.conftest import PROJECT

PAGES = PROJECT / "dashboard" / "pages"


def test_every_file_among_the_pages_is_a_page():
    files = [path for path in PAGES.rglob("*.py") if path.name != "__init__.py"]
    assert len(find_pages()) == len(files) >= 14


def test_one_page_is_the_front_page_and_comes_first():
    first, *others = find_pages()
    assert (first.address, first.group) == ("", Group.FRONT)
    assert all(page.address for page in others)


def test_pages_outside_the_navigation_come_last_and_stand_in_no_group():
    hidden = [page.address for page in find_pages() if page.group is None]
    assert hidden == ["claim", "review", "snapshot"]
    assert [page.address for page in find_pages()][-len(hidden) :] == hidden
    listed = [page.address for pages in list_groups().values() for page in pages]
    assert listed == [page.address for page in find_pages() if page.group]


def test_every_title_is_used_once():
    titles = [page.title for page in find_pages()]
    assert len(set(titles)) == len(titles)
