"""Run files: written, loaded elsewhere, scored again; changed by hand, refused."""

import json
from pathlib import Path

import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.init import run_init
from kb.cli.commands.pipeline.load import run_load
from kb.domain.errors import UserError
from kb.records.run_files import SUFFIX, parse_run, write_run
from kb.settings import Settings
from kb.stages.load_runs import load_runs, read_runs
from kb.store.database import open_session
from kb.store.run_rows import read_run
from kb.tables import Measurement, Plan, Trial
from tests.conftest import PROJECT
from tests.dumps import dump
from verifiers.replaying.runs import replay_run

RUNS = PROJECT / "records" / "runs"


@pytest.fixture(scope="module")
def committed():
    """The project's own runs."""
    runs = read_runs(RUNS)
    assert runs, "the project's own measurements are in records/runs"
    return runs


def test_the_projects_own_runs_come_out_the_same_again(committed):
    for run in committed:
        replay = replay_run(run)
        assert replay.differences == ()
        assert replay.answers == len(run.rows["trial"])
        assert all(row["basis"] == "measured_here" for row in run.rows["measurement"])


def test_they_name_machine_versions_and_digests_and_no_path_of_it(committed):
    for run in committed:
        for environment in run.rows["environment"]:
            assert environment["engine_version"]
            assert environment["hardware"]
            assert len(environment["weights_sha256"]) == 64
        text = write_run(run.rows)
        assert str(Path.home()) not in text
        assert "/tmp/" not in text


def test_a_run_is_loaded_once_and_written_the_same(committed, tmp_path):
    settings = Settings(home=tmp_path / "home")
    run_init(settings)
    report = run_load(settings, PROJECT / "records")
    assert report.runs == len(committed)
    once = dump(settings.url)
    assert run_load(settings, PROJECT / "records").new_rows == 0
    assert dump(settings.url) == once
    with open_session(settings.url) as session:
        for run in committed:
            plan = session.get_one(Plan, run.rows["plan"][0]["id"])
            rows = read_run(session, plan)
            assert rows["trial"] == sorted(run.rows["trial"], key=lambda row: row["id"])
            assert parse_run(write_run(rows).encode(), "again").rows["plan"] == run.rows["plan"]
        results = session.exec(select(Measurement).where(Measurement.plan_id.is_not(None))).all()
        assert len(results) == sum(len(run.rows["measurement"]) for run in committed)
        assert session.exec(select(Trial)).first().expected


def change(run, table, number=0, **values):
    rows = json.loads(json.dumps(run.rows))
    rows[table][number] |= values
    return write_run(rows).encode()


@pytest.fixture
def ladder(committed):
    return next(run for run in committed if run.rows["plan"][0]["probe"] == "context_ladder")


@pytest.mark.parametrize(
    ("table", "values", "words"),
    [
        ("plan", {"seed": 1}, "plan 0: the id does not match"),
        ("trial", {"item": "512/0/other"}, "trial 0: the id does not match"),
        ("measurement", {"metric": "elo"}, "measurement 0: the id does not match"),
    ],
)
def test_what_was_changed_by_hand_is_refused(ladder, table, values, words):
    with pytest.raises(UserError, match=words):
        parse_run(change(ladder, table, **values), "x.run.json")


def test_a_bettered_score_or_result_is_told_by_replaying(ladder):
    wrong = next(n for n, row in enumerate(ladder.rows["trial"]) if row["score"] == 0)
    bettered = parse_run(change(ladder, "trial", wrong, score=1.0), "x")
    assert any(difference.startswith("answer ") for difference in replay_run(bettered).differences)
    value = ladder.rows["measurement"][0]["value"]
    bettered = parse_run(change(ladder, "measurement", value=value + 0.1), "x")
    assert any("recorded" in difference for difference in replay_run(bettered).differences)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not valid JSON"),
        (b"[]", "not a run file"),
        (b'{"format": "as-claimed-run/1"}', "holds 0 plans"),
        (b'{"format": "as-claimed-run/1", "verdict": []}', "which no run has"),
        (b'{"format": "as-claimed-run/1", "plan": [1]}', "not a list of rows"),
        (b'{"format": "as-claimed-run/1", "plan": [{}], "measurement": [{}]}', "is missing"),
        (b"[" * 100_000, "not valid JSON"),
        (b" " * 20_000_001, "at most"),
    ],
)
def test_what_is_no_run_file_is_refused(data, words):
    with pytest.raises(UserError, match=words):
        parse_run(data, "x.run.json")


def test_columns_that_do_not_exist_and_parents_that_are_missing_are_refused(
    ladder, tmp_path, settings
):
    with open_session(settings.url) as session:
        bad = parse_run(change(ladder, "trial", admin=True), "x.run.json")
        with pytest.raises(UserError, match="trial 0: no column admin"):
            load_runs(session, [bad])
        rows = json.loads(json.dumps(ladder.rows)) | {"environment": []}
        orphan = parse_run(write_run(rows).encode(), "x.run.json")
        with pytest.raises(UserError, match="refers to one that is missing"):
            load_runs(session, [orphan])
        assert session.exec(select(Plan)).all() == []
    (tmp_path / f"bad{SUFFIX}").write_text("{")
    with pytest.raises(UserError, match="not valid JSON"):
        read_runs(tmp_path)


@pytest.mark.parametrize(
    ("table", "column"),
    [("trial", "score"), ("trial", "answer"), ("trial", "expected"), ("trial", "scorer"),
     ("environment", "served_window_tokens"), ("measurement", "value"), ("measurement", "n")],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, "x", {}])
def test_a_run_that_lacks_something_is_refused_in_words(ladder, table, column, value):
    rows = json.loads(json.dumps(ladder.rows))
    if value is None:
        del rows[table][0][column]
    else:
        rows[table][0][column] = value
    run = parse_run(write_run(rows).encode(), "x.run.json")
    try:
        replay = replay_run(run)
    except UserError as error:
        assert "x.run.json" in str(error)
    else:
        assert replay.differences
