"""Fixtures: one published edition for all tests of the dashboard."""

from pathlib import Path

import pytest
from sample_edition import make_edition

from dashboard.published import Edition, find_edition


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A KB_HOME with everything published, some of it hostile. Read it; don't change it."""
    home = tmp_path_factory.mktemp("kb")
    make_edition(home)
    return home


@pytest.fixture
def edition(sample_home: Path) -> Edition:
    """The edition in `sample_home`."""
    return find_edition(sample_home / "published.duckdb")
