"""A base with the project's own records and an invented page, as it is and linked."""

import pytest

from kb.cli.commands.pipeline.load import run_load
from kb.stages.link import link_claims
from kb.store.database import open_session
from tests.stages.invented_claims import insert_invented


@pytest.fixture
def base(settings, records):
    run_load(settings, records)
    insert_invented(settings.url)
    return settings


@pytest.fixture
def linked(base, encoder):
    with open_session(base.url) as session:
        link_claims(session, encoder)
    return base
