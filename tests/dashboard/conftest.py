"""Fixtures: one published edition for all tests of the dashboard."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.reads.published import Edition, find_edition
from tests.dashboard.sample_edition import make_edition

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """The system's Chromium."""
    from tests.dashboard.browser.browser_session import launch_chromium

    with launch_chromium() as chromium:
        yield chromium
