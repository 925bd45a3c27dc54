"""Lay a page out without a browser, and read what it says."""

from html import unescape
from pathlib import Path
from re import sub
from types import ModuleType

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import pages
from dashboard.registry import find_pages


def run_page(address: str, home: Path, package: ModuleType = pages, **query: str) -> str:
    """Return the text of the page at `address`, as a reader of the edition in `home` gets it."""
    place = [page.address for page in find_pages(package)].index(address)
    script = (
        f"from importlib import import_module\n"
        f"from dashboard.registry import find_pages\n"
        f"find_pages(import_module({package.__name__!r}))[{place}].show()\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_HOME", str(home))
        test = AppTest.from_string(script, default_timeout=120)
        for name, value in query.items():
            test.query_params[name] = value
        test.run()
    assert not test.exception, test.exception
    return "\n".join(as_text(piece.proto.body) for piece in test.get("html"))


def as_text(html: str) -> str:
    """Return the words of a piece of HTML."""
    return unescape(sub(r"\s+", " ", sub(r"<[^>]+>", " ", html))).strip()
