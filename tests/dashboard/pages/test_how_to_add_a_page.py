"""docs/how-to/add-a-page.md is true: its file is a page, and its test passes."""

from dashboard.page import Group
from dashboard.registry import find_pages
from tests.dashboard import page_runs
from tests.documented_code import keep_package, read_code


def test_the_file_is_a_page_and_its_test_passes(sample_home, tmp_path):
    page, test = read_code("add-a-page.md")
    with keep_package(tmp_path, "documented_pages", leaderboards=page) as package:
        (found,) = find_pages(package)
        assert (found.title, found.group) == ("Leaderboards", Group.EVIDENCE)
        names = {}
        exec(test, names)
        names["run_page"] = lambda address, home: page_runs.run_page(address, home, package)
        names["test_every_board_is_listed"](sample_home)


def test_where_there_is_nothing_the_page_says_what_to_run(sample_home, tmp_path):
    page, _ = read_code("add-a-page.md")
    empty = page.replace("from rating_series group", "from rating_series where false group")
    with keep_package(tmp_path, "documented_empty_pages", leaderboards=empty) as package:
        assert "Run kb load" in page_runs.run_page("leaderboards", sample_home, package)
