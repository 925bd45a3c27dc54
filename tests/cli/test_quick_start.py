"""`kb` starts quickly: a command is imported when it is called, and help needs none of them."""

import subprocess
import sys

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from kb.cli.app import make_app
from kb.cli.catalogue import list_entries
from kb.cli.sections import SECTIONS

HEAVY = ("alembic", "duckdb", "numpy", "pyarrow", "scrapy", "streamlit", "torch")
ENTRIES = {entry.name: entry for entry in list_entries()}
RUN = """
import sys
from kb.cli.app import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def list_imported(*arguments, home=""):
    words = [sys.executable, "-c", RUN, *arguments]
    done = subprocess.run(words, capture_output=True, text=True, check=True, env={"KB_HOME": home})
    return {name.partition(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("arguments", [("--help",), ("--version",)])
def test_help_imports_no_command(arguments):
    imported = list_imported(*arguments)
    assert not imported & {*HEAVY, "pydantic", "sqlmodel", "sqlalchemy"}


def test_a_command_imports_what_it_needs_and_no_more(settings, records):
    for stage in (("load", str(records)), ("judge",)):
        list_imported(*stage, home=str(settings.home))
    assert not list_imported("show", "S01", home=str(settings.home)) & set(HEAVY)


@pytest.mark.parametrize("name", ENTRIES)
def test_a_help_line_is_the_docstring_of_its_command(name):
    command = get_command(ENTRIES[name].load())
    first = command.help.partition("\n")[0]
    assert ENTRIES[name].read_help_line() == first.removesuffix(".")
    assert 10 < len(first) < 70


def test_every_command_has_its_place_in_the_help():
    placed = [name for names in SECTIONS.values() for name in names]
    assert sorted(placed) == sorted(ENTRIES)


def test_a_wrong_name_is_answered_with_near_ones():
    done = CliRunner().invoke(make_app(), ["claim"])
    assert done.exit_code == 2
    assert "Did you mean 'claims'" in done.output


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("kb pub", "publish"), ("kb review acc", "accept"), ("kb show --j", "--json")],
)
def test_the_shell_completes(typed, offered):
    environment = {"_KB_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": "9"}
    words = typed.split()
    environment["COMP_CWORD"] = str(len(words) - 1)
    done = CliRunner().invoke(make_app(), [], prog_name="kb", env=environment)
    assert offered in done.output.split()
