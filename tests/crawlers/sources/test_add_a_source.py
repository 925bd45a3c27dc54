"""docs/how-to/add-a-source.md: its files, written to a folder of their own, make a source."""

import json
import re
import subprocess
import sys

import pytest
from sqlmodel import select

import crawlers.sources
from crawlers.commands.options import list_parameters
from crawlers.sources.source import EXTRACTORS, Extractors, find_source
from kb.store.database import open_session
from kb.tables import Measurement
from tests.conftest import PROJECT
from tests.crawlers import fixture_files
from tests.crawlers.site import serve
from tests.processes import run_kb

PAGE = (PROJECT / "docs" / "how-to" / "add-a-source.md").read_text()
# "`path`:", a blank line, then the file in a fence: how the page shows a file to write.
SHOWN = re.compile(r"^`([^`]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILES = dict(SHOWN.findall(PAGE))
NAME, CASE = "github_models", "github_models/catalogue"
SOURCE, FIXTURE = f"crawlers/sources/{NAME}/", f"tests/crawlers/fixtures/{CASE}/"


@pytest.fixture
def added(tmp_path):
    """A folder with the page's files, where they would be in the project."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


@pytest.fixture
def found(added, monkeypatch):
    """The same, looked through for sources and fixtures beside the project's own."""
    path = [*crawlers.sources.__path__, str(added / "crawlers" / "sources")]
    monkeypatch.setattr(crawlers.sources, "__path__", path)
    monkeypatch.setattr(fixture_files, "FIXTURES", added / "tests" / "crawlers" / "fixtures")
    yield added
    for module in [name for name in sys.modules if name.startswith(f"crawlers.sources.{NAME}")]:
        del sys.modules[module]


def test_the_page_touches_two_folders():
    assert {path.rpartition("/")[0] + "/" for path in FILES} == {SOURCE, FIXTURE}
    assert {path.removeprefix(SOURCE) for path in FILES if path.startswith(SOURCE)} == {
        "__init__.py", "source.yml", "extract.py",
    }  # fmt: skip


def test_what_it_finds_is_what_the_page_shows(found, monkeypatch):
    monkeypatch.setattr(fixture_files, "EXTRACTORS", Extractors())
    fixture_files.write_expected(CASE)
    assert (found / FIXTURE / "expected.json").read_text() == FILES[f"{FIXTURE}expected.json"]


def test_it_is_a_source_without_being_named_anywhere(found):
    assert NAME in EXTRACTORS
    assert find_source(NAME).load_spider().name == NAME
    options = {parameter.name: parameter.annotation for parameter in list_parameters()}
    assert NAME in options["source"].__metadata__[0].help


def test_it_passes_the_linters(added):
    """The page's code is held to the project's own rules."""
    ruff = [sys.executable, "-m", "ruff"]
    config = ["--config", str(PROJECT / "pyproject.toml")]
    for check in (["check", "--ignore", "I001"], ["format", "--check"]):
        done = subprocess.run([*ruff, *check, *config, str(added / SOURCE)], capture_output=True)
        assert done.returncode == 0, done.stdout.decode()


@pytest.mark.crawl
def test_it_is_crawled(added, settings):
    where = added / "crawlers" / "sources"
    pages = {"/catalog/models": FILES[f"{FIXTURE}input.json"].encode()}
    with serve(pages) as (url, _):
        done = run_kb(
            settings, "crawl", "--source", NAME,
            KB_GITHUB_MODELS_URL=url, PYTHONPATH=_extend_sources(added, where),
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with open_session(settings.url) as session:
        (row,) = session.exec(select(Measurement)).all()
    shown = json.loads(FILES[f"{FIXTURE}expected.json"])["results"][0]
    assert (row.metric, row.value) == (shown["metric"], shown["value"])
    assert row.reported_by == shown["conditions"]["provider"]


def _extend_sources(added, where):
    """A PYTHONPATH from which every new process looks for sources in `where` too."""
    hook = f"import crawlers.sources\ncrawlers.sources.__path__.append({str(where)!r})\n"
    folder = added / "hook"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(hook)
    return str(folder)
