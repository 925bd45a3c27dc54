"""A base with the project's records and runs, and one bundle from it, made once for all tests."""

import pytest

from kb.bundles.tar_files import read_files
from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.settings import Settings
from kb.store.database import open_session
from kb.store.reads import read_latest_verdicts
from tests.conftest import PROJECT
from tests.processes import run_kb


@pytest.fixture(scope="package")
def base(tmp_path_factory):
    """A home with the project's records and runs, and the installed releases crawled."""
    settings = Settings(home=tmp_path_factory.mktemp("bundles") / "home")
    run_init(settings)
    run_load(settings, PROJECT / "records")
    assert run_kb(settings, "crawl").returncode == 0
    run_judge(settings)
    return settings


@pytest.fixture(scope="package")
def measured(base):
    """The claim whose context was measured: SmolLM2's window."""
    with open_session(base.url) as session:
        verdicts = read_latest_verdicts(session).values()
        (found,) = (
            verdict
            for verdict in verdicts
            if verdict.rule.startswith("context_length/") and verdict.outcome == "overstated"
            and verdict.basis == "measured_here"
        )  # fmt: skip
        return found


@pytest.fixture(scope="package")
def packed(base, measured, tmp_path_factory):
    """Its bundle, written by the command."""
    path = tmp_path_factory.mktemp("packed") / "smol.tar.gz"
    done = run_kb(base, "bundle", measured.claim_id, "--to", str(path))
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="package")
def files(packed):
    """The files in it."""
    with packed.open("rb") as file:
        return read_files(file, "smol")[1]
