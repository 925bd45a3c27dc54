"""A figure, a speaker, an alias and a release are corrected in a base with a crawled archive.

Only what was wrong changes; the end is that of a fresh base, whatever kills the load on the way.
"""

import os
import shutil
import signal
from collections import Counter

import duckdb
import pytest
from sqlalchemy import Engine, event

from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.publish import run_publish
from tests.stages.living_base import CARD, RECORD, archive, dump_in_force, load, make_base, read
from tests.stages.test_corrections import NOTED, note
from tests.stages.test_living_base import change

OTHER = change(
    model__name="Robot 9", model__vendor="Robots", model__aliases=[],
    sources={
        "card": {"url": "https://robots.example/", "publisher": "Robots", "kind": "model_card"},
        "news": {"url": "https://news.example/robot", "publisher": "News", "kind": "press"},
    },
)  # fmt: skip
FILES = ("toy-2.yaml", "robot-9.yaml")
PAGES = {
    "https://toys.example/card": CARD,
    "https://robots.example/page": CARD.replace("Toy 2 Turbo", "Robot 9").replace("Toy", "Robot"),
}
ALIAS = {
    "model__aliases": ["Toy-2-Chat", "Toy 2 Turbo"],
    "model__corrected": note(aliases=["Toy-2-Chat"]),
}
NOTES = {name: NOTED[name] for name in ("figure", "speaker", "release")} | {"alias": ALIAS}
# Rows that go and that come, by table.
CHANGED = {
    "figure": {"claim": (1, 1), "sighting": (1, 1), "verdict": (1, 1),
               "verdict_evidence": (1, 1), "correction": (0, 1)},
    "speaker": {"sighting": (1, 1), "correction": (0, 1)},
    "release": {"release": (1, 1), "correction": (0, 1)},
    "alias": {"model": (2, 1), "claim": (1, 1), "sighting": (1, 1), "verdict": (1, 1),
              "verdict_evidence": (0, 1), "correction": (0, 1)},
}  # fmt: skip
CORRECTED = change(
    **NOTED["figure"], **NOTED["release"], **NOTED["speaker"], **ALIAS,
)  # fmt: skip


def fill(home, record, url=None):
    """A base with both records and the archive, judged."""
    settings = make_base(home, url)
    load(settings, record, OTHER, names=FILES)
    for page, vendor in zip(PAGES, ("Toys", "Robots"), strict=True):
        archive(settings, {page: PAGES[page]}, vendor)
    read(settings)
    run_judge(settings)
    return settings


def correct(settings, record):
    load(settings, record, OTHER, names=FILES)
    read(settings)
    run_judge(settings)


def find_changes(before, after):
    """How many rows went and came, by table; how a reading was told the names is no change."""
    found = {}
    for name in before:
        old, new = (Counter(map(_as_text, dump[name])) for dump in (before, after))
        counts = ((old - new).total(), (new - old).total())
        if any(counts):
            found[name] = counts
    return found


def _as_text(row):
    return str({key: value for key, value in row.items() if key != "inputs"})


@pytest.mark.parametrize("name", NOTES)
def test_nothing_but_what_was_wrong_changes(tmp_path, name):
    settings = fill(tmp_path, RECORD)
    before = dump_in_force(settings)
    correct(settings, change(**NOTES[name]))
    assert find_changes(before, dump_in_force(settings)) == CHANGED[name]


def check_that_it_ends_as_a_fresh_base(tmp_path, living_url=None, fresh_url=None):
    living = fill(tmp_path / "living", RECORD, living_url)
    correct(living, CORRECTED)
    fresh = fill(tmp_path / "fresh", CORRECTED, fresh_url)
    dump = dump_in_force(living)
    assert dump == dump_in_force(fresh)
    assert len(dump["correction"]) == 4
    assert any(row["snapshot_id"] for row in dump["sighting"]), "machine-read claims are included"
    assert read_published(living) == read_published(fresh)


def read_published(settings):
    """All that readers get, but times and the history of verdicts, readings and decisions."""
    with duckdb.connect(str(run_publish(settings).file), read_only=True) as base:
        names = [
            row[0] for row in base.execute("select table_name from duckdb_tables()").fetchall()
        ]
        return {
            name: sorted(map(str, base.sql(_leave_out_history(name)).fetchall()))
            for name in names
            if name not in ("about", "verdict_evidence", "review_decision")
        }


def _leave_out_history(name):
    if name == "verdict":
        return "select claim_id, outcome, basis, explanation, rule from current_verdicts"
    if name == "reading":
        return """select * exclude (id, supersedes_id) from reading r
            where not exists (select 1 from reading w where w.supersedes_id = r.id)"""
    if name == "sighting":
        return "select * exclude (review) from sighting"
    if name == "claims_vs_reality":
        return "select * exclude (verdict_id, judged_at) from claims_vs_reality"
    return f"from {name}"


def test_it_ends_as_a_fresh_base(tmp_path):
    check_that_it_ends_as_a_fresh_base(tmp_path)


@pytest.mark.postgres
def test_it_ends_as_a_fresh_base_on_postgres(tmp_path, postgres_url):
    check_that_it_ends_as_a_fresh_base(tmp_path, postgres_url)


def test_a_load_that_is_killed_ends_the_same(tmp_path):
    """Killed with -9 at one statement after the other, in the load and in the reading again."""
    began = fill(tmp_path / "began", RECORD)
    whole = copy(began, tmp_path / "whole")
    correct(whole, CORRECTED)
    wanted, step, kills = dump_in_force(whole), 1, 0
    while True:
        home = copy(began, tmp_path / f"killed-{step}")
        if not kill_at(home, step):
            break
        kills += 1
        correct(home, CORRECTED)
        assert dump_in_force(home) == wanted, f"killed at statement {step}"
        shutil.rmtree(home.home)
        step += 1 + step // 4
    assert kills >= 10


def copy(settings, home):
    shutil.copytree(settings.home, home)
    return settings.model_copy(update={"home": home})


def kill_at(settings, statement):
    """Correct the base in a process that kills itself before a statement; tell whether it did."""
    child = os.fork()
    if child == 0:
        left = [statement]

        @event.listens_for(Engine, "before_cursor_execute")
        def _count(*_):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            load(settings, CORRECTED, OTHER, names=FILES)
            read(settings)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
