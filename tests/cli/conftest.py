"""A site with the page of a toy model, and a folder with its record."""

import pytest

from tests.cli.toybox import PAGE, RECORD
from tests.crawlers.site import serve


@pytest.fixture
def site():
    with serve({"/blog": PAGE}) as (url, asked):
        yield f"{url}/blog", asked


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "records"


@pytest.fixture
def record(folder):
    folder.mkdir()
    path = folder / "toys-toybox-7b.yaml"
    path.write_text(RECORD)
    return path
