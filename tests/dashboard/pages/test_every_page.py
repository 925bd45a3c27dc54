"""Every page lays itself out without an error, with an edition and with nothing on record."""

import pytest

from dashboard.registry import find_pages
from kb.cli.commands.pipeline.init import run_init
from kb.settings import Settings
from tests.dashboard.page_runs import run_page
from tests.dashboard.sample_edition import republish

ADDRESSES = [page.address for page in find_pages()]


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory):
    """A KB_HOME with nothing in it that was published all the same."""
    home = tmp_path_factory.mktemp("kb-empty")
    run_init(Settings(home=home))
    republish(home)
    return home


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_of_the_sample_edition_has_a_headline(sample_home, address):
    assert len(run_page(address, sample_home)) > 20


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_with_nothing_on_record_has_a_headline(empty_home, address):
    assert len(run_page(address, empty_home)) > 20
