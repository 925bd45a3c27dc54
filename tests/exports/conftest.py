"""Fixtures: one published edition for the tests of exports."""

from pathlib import Path

import pytest

from tests.dashboard.sample_edition import make_edition


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published edition with a measured model and a hostile claim. Read it; don't change it."""
    return make_edition(tmp_path_factory.mktemp("edition"))
