"""The founding claims, judged."""

import pytest

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.settings import Settings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from tests.conftest import PROJECT


@pytest.fixture(scope="session")
def founded(tmp_path_factory):
    """Settings of a home with the project's records, judged; tests only read it."""
    settings = Settings(home=tmp_path_factory.mktemp("founded") / "home")
    run_init(settings)
    run_load(settings, PROJECT / "records")
    run_judge(settings)
    return settings


@pytest.fixture(scope="session")
def all_views(founded):
    with open_session(founded.url) as session:
        return read_claim_views(session)


@pytest.fixture(scope="session")
def views(all_views):
    return {view["seed"]: view for view in all_views if view["seed"]}
