"""`kb run --serve`: pages at once, results in them as they come, and both stop together."""

import time
from contextlib import contextmanager
from shutil import copytree, ignore_patterns

import duckdb
import pytest

from kb.cli.commands.pipeline import run as run_command
from kb.cli.republishing import Republisher
from kb.domain.errors import UserError
from kb.stages.load_runs import load_runs, read_runs
from kb.store.database import open_session
from tests.conftest import PROJECT

WAIT_S = 120


class RecordedTests:
    """Stands for `kb verify`: the recorded runs come in one by one, as if they were measured."""

    def __init__(self, settings):
        self.settings = settings
        self.editions = []

    def __call__(self, settings, *, on_result, **options):
        for recorded in read_runs(PROJECT / "records"):
            self.editions.append(count_measured(self.settings))
            with open_session(self.settings.url) as session:
                load_runs(session, [recorded])
            on_result(recorded.name)
            wait_until(lambda: count_measured(self.settings) > self.editions[-1])


def wait_until(condition):
    deadline = time.monotonic() + WAIT_S
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def count_measured(settings):
    with duckdb.connect(str(settings.home / "published.duckdb"), read_only=True) as published:
        query = "select count(*) from verdict where basis = 'measured_here'"
        return published.sql(query).fetchall()[0][0]


@pytest.fixture
def unmeasured(records, tmp_path):
    """The records without what was measured here."""
    return copytree(records, tmp_path / "records", ignore=ignore_patterns("runs"))


@pytest.fixture
def steps(settings, monkeypatch):
    """The steps of other packages: no crawl, recorded runs for tests, a dashboard that notes."""
    served = []

    @contextmanager
    def serve(port, *, opens_browser):
        served.append((port, (settings.home / "published.duckdb").exists()))
        yield type("Served", (), {"address": "http://here", "wait": lambda self: None})()
        served.append("stopped")

    tests = RecordedTests(settings)
    found = {"crawl": lambda settings: None, "verify": tests, "dashboard": serve}
    monkeypatch.setattr(run_command, "find_step", found.__getitem__)
    monkeypatch.setattr(run_command, "find_encoder", lambda: None)
    monkeypatch.setattr(run_command, "run_link", lambda settings: None)
    tests.served = served
    return tests


def test_the_dashboard_is_there_before_the_tests_and_each_result_is_published(
    settings, unmeasured, steps
):
    run_command.run(unmeasured, serve=True, port=8600, no_open=True)
    assert steps.served == [(8600, True), "stopped"]
    assert steps.editions == sorted(set(steps.editions))
    assert steps.editions[0] == 0
    assert count_measured(settings) > steps.editions[-1]


def test_what_fails_in_the_background_is_told_at_the_end():
    def fail():
        raise UserError("no room on the disk")

    with pytest.raises(UserError, match="no room"), Republisher(fail) as republisher:
        republisher.request()
        time.sleep(0.2)


def test_requests_during_an_edition_make_one_more():
    calls = []

    def publish():
        calls.append(1)
        time.sleep(0.3)

    with Republisher(publish) as republisher:
        for _ in range(5):
            republisher.request()
            time.sleep(0.02)
        time.sleep(1)
    assert len(calls) == 2
