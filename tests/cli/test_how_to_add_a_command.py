"""docs/how-to/add-a-command.md is true: its file is a command that `kb` finds by itself."""

import json
import re

import pytest
from typer.testing import CliRunner

from kb.cli.app import make_app
from kb.cli.commands import look
from kb.cli.commands.pipeline.load import run_load
from tests.conftest import PROJECT

PAGE = (PROJECT / "docs" / "how-to" / "add-a-command.md").read_text()


@pytest.fixture
def command(tmp_path, monkeypatch):
    source, _ = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "vendors.py").write_text(source)
    monkeypatch.setattr(look, "__path__", [*look.__path__, str(tmp_path)])
    return make_app()


def test_the_command_of_the_page_works(command, settings, records):
    run_load(settings, records)
    done = CliRunner().invoke(command, ["vendors", "--json"])
    assert json.loads(done.output)["Meta"] > 1
    assert "Meta" in CliRunner().invoke(command, ["vendors"]).output


def test_help_lists_a_command_without_a_section_last(command):
    words = CliRunner().invoke(command, ["--help"]).output
    last = words[words.index("Other commands") :]
    assert "List the vendors on record and how many models each has" in " ".join(last.split())
