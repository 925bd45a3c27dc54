"""Every path that a page of the documentation names is there."""

import re

import pytest

from tests.conftest import PROJECT

PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    *sorted(str(path.relative_to(PROJECT)) for path in (PROJECT / "docs/how-to").glob("*.md")),
)
PATH = re.compile(r"`((?:kb|crawlers|verifiers|dashboard|tests|docs|records)/[^`\s]*)`")
PLACEHOLDERS = re.compile(r"[A-Z*{]{2}|[*{]")  # kb/rules/TOPIC/NAME.py, parquet/trial/*/*.parquet
# What a how-to page tells the reader to create, beside the files whose text it gives.
CREATED = re.compile(r"(?:[Ss]ave this as|as|This is) `([^`]+)`|^`([^`]+)`:$", re.MULTILINE)


def list_created(text):
    """Paths that the page has the reader write, as it names them before a block of code."""
    return {first or second for first, second in CREATED.findall(text)}


@pytest.mark.parametrize("page", PAGES)
def test_every_path_on_a_page_is_there(page):
    text = (PROJECT / page).read_text()
    created = list_created(text) if page.startswith("docs/how-to/") else set()
    named = {path for path in PATH.findall(text) if not PLACEHOLDERS.search(path)}
    absent = [path for path in sorted(named - created) if not (PROJECT / path).exists()]
    assert not absent, f"{page} names {', '.join(absent)}"
