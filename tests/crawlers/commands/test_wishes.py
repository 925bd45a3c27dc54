"""What `kb crawl` takes on the command line, and what `kb sources` lists."""

import json

import pytest
from sqlmodel import select

from kb.store.database import open_session
from kb.tables import Sighting
from tests.crawlers.fixture_files import get_input
from tests.crawlers.site import serve
from tests.processes import run_kb


@pytest.mark.crawl
@pytest.mark.parametrize(
    ("wish", "remedy"),
    [
        (("--github", "toys"), "owner/name@main:folder"),
        (("--github", "toys/../secrets"), "owner/name@main:folder"),
        (("--hub", "toys/a/b"), "owner/name or owner/name@v1"),
        (("--source", "nowhere"), "no such source; choose from lmarena"),
        (("--site", "ftp://toys.example"), "https://host/sitemap.xml"),
        (("--site", "https://toys.example", "--only", "("), "--only: not a regular expression"),
        (("--site", "https://toys.example", "--kind", "license"), "vendor_page or press"),
        (("--leaderboard", "file:///etc/passwd"), "give the address of a table"),
    ],
)
def test_a_wish_that_cannot_be_met_is_told_in_one_line(settings, wish, remedy):
    done = run_kb(settings, "crawl", *wish)
    assert done.returncode == 1
    assert done.stderr.startswith("kb: ")
    assert len(done.stderr.splitlines()) == 1
    assert remedy in done.stderr


@pytest.mark.crawl
def test_sources_are_listed_with_their_last_look(settings):
    with serve({"/api.json": get_input("models_dev/catalogue")}) as (url, _):
        run_kb(settings, "crawl", "--source", "models_dev", KB_MODELS_DEV_URL=url)
    printed = json.loads(run_kb(settings, "sources", "--json").stdout)
    listed = {source["name"]: source for source in printed}
    assert listed["models_dev"]["snapshots"] == 1
    assert listed["models_dev"]["last_new_snapshot_at"].startswith("20")
    assert listed["lmarena"]["data_license"] == "CC BY 4.0"
    assert listed["press"]["addresses"]
    assert "models_dev" in run_kb(settings, "sources").stdout
    with open_session(settings.url) as session:
        assert session.exec(select(Sighting)).all()
