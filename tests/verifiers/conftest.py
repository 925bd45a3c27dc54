"""Homes with the installed releases crawled, and a claim that is short to test."""

import pytest

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.load import run_load
from kb.settings import Settings
from kb.store.claims.views import read_claim_views
from kb.store.database import open_session
from tests.processes import run_kb
from tests.verifiers.homes import copy_home

RECORD = """\
model: {name: SmolLM2-135M-Instruct, vendor: HuggingFaceTB}
sources:
  note: {url: "https://example.org/", publisher: Test, kind: press, read_on: 2026-01-02}
claims:
  - {type: context_length, claimed: 512 tokens, sightings: [{source: note}]}
"""


@pytest.fixture(scope="session")
def crawled(tmp_path_factory):
    """A home with the installed releases crawled, and a claim that is short to test."""
    settings = Settings(home=tmp_path_factory.mktemp("engine") / "home")
    run_init(settings)
    record = settings.home / "toy.yaml"
    record.write_text(RECORD)
    run_load(settings, record)
    done = run_kb(settings, "crawl")
    if "2 releases" not in done.stderr:
        pytest.skip("the two small models are not installed; `make setup` installs them")
    (settings.home / "weights").mkdir(exist_ok=True)  # what is converted once serves all copies
    return settings


@pytest.fixture(scope="module")
def base(crawled, tmp_path_factory):
    """A copy of that home for the tests of one module."""
    settings = Settings(home=tmp_path_factory.mktemp("engine") / "home")
    copy_home(crawled, settings)
    return settings


@pytest.fixture(scope="module")
def short_claim(base):
    with open_session(base.url) as session:
        views = read_claim_views(session)
    return next(view["id"] for view in views if view["claimed_value"] == 512)
