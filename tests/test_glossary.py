"""No text that a person reads holds a phrase that the glossary rules out."""

import ast
import re

import pytest

from tests.conftest import PROJECT

GLOSSARY = PROJECT / "docs" / "glossary.md"
ROOMS = ("kb", "crawlers", "verifiers", "dashboard", "migrations", "benchmarks")
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs")
READERS_ONLY = "(in text that readers see)"  # such a phrase may stand in docstrings and names


def read_ruled_out():
    """The phrases of the column "we don't say", each with whether only readers' text is meant."""
    rows = [
        line.split("|")[2] for line in GLOSSARY.read_text().splitlines() if line.startswith("| ")
    ]
    return {
        phrase.lower(): READERS_ONLY in row or "(for a company)" in row
        for row in rows
        for phrase in re.findall(r"`([^`]+)`", row)
    }


def list_pages():
    for name in PAGES:
        path = PROJECT / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.md"))


def list_texts():
    """Every page, and every docstring and string of the code, with its place."""
    for path in list_pages():
        if path != GLOSSARY:
            yield str(path.relative_to(PROJECT)), path.read_text()
    for room in ROOMS:
        for path in sorted((PROJECT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield f"{path.relative_to(PROJECT)}:{node.lineno}", node.value


def test_the_column_is_read():
    assert len(read_ruled_out()) > 40


@pytest.mark.parametrize("phrase", [key for key, narrow in read_ruled_out().items() if not narrow])
def test_no_text_holds_a_phrase_that_is_ruled_out(phrase, texts):
    pattern = re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)
    found = [place for place, text in texts if pattern.search(text)]
    assert not found, (
        f"“{phrase}” stands in {', '.join(found)}; docs/glossary.md says what to write"
    )


@pytest.fixture(scope="module")
def texts():
    return [(place, " ".join(text.split())) for place, text in list_texts()]
