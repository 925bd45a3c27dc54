"""The check of a pull request: its script on a real repository, a workflow that may do little."""

import os
import subprocess
import sys

import pytest
import yaml

from tests.conftest import PROJECT
from tests.records.test_record_files import GOOD

WORKFLOW = PROJECT / ".github" / "workflows" / "records.yml"
SCRIPT = PROJECT / "scripts" / "validate_changed_records.sh"
DOUBTFUL = GOOD.replace("card, quote: 128K tokens", "card").replace("Toy 1B", "Toy 2B")


@pytest.fixture
def repository(tmp_path):
    """A repository with one record on its first commit, and a `kb` on its path."""
    (tmp_path / "bin").mkdir()
    kb = tmp_path / "bin" / "kb"
    kb.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from kb.cli.app import main; main()" "$@"\n'
    )
    kb.chmod(0o755)
    root = tmp_path / "repository"
    (root / "records").mkdir(parents=True)
    (root / "records" / "toy.yaml").write_text(GOOD)
    git(root, "init", "--quiet")
    commit(root)
    return root


def git(root, *words):
    who = ("-c", "user.name=t", "-c", "user.email=t@t.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *who, *words], cwd=root, check=True)


def commit(root):
    git(root, "add", "-A")
    git(root, "commit", "--quiet", "--message", "x")


def check(root):
    summary = root.parent / "summary.md"
    done = subprocess.run(
        ["bash", str(SCRIPT), "HEAD~1", str(summary)], cwd=root, capture_output=True, text=True,
        env={**os.environ, "PATH": f"{root.parent / 'bin'}:{os.environ['PATH']}",
             "PYTHONPATH": str(PROJECT)}, check=False,
    )  # fmt: skip
    return done, summary.read_text()


def test_doubts_are_told_of_what_changed_alone(repository):
    name = "records/a b,c:d.yaml"
    (repository / name).write_text(DOUBTFUL.replace("toys.example/card", "toys.example/two"))
    commit(repository)
    done, summary = check(repository)
    assert done.returncode == 0, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("::warning file=records/a b%2Cc%3Ad.yaml,line=1::nothing says whether")
    assert "a b,c:d.yaml:1" in summary


def test_an_error_fails_the_check_wherever_it_is(repository):
    (repository / "records" / "two.yaml").write_text(GOOD)
    commit(repository)
    (repository / "other.txt").write_text("x")
    commit(repository)
    done, summary = check(repository)
    assert done.returncode == 1
    assert "::error file=records/two.yaml,line=1::the same model is at" in done.stdout
    assert "the same model is at" in summary


def test_the_workflow_runs_the_script_and_may_do_little():
    workflow = yaml.safe_load(WORKFLOW.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert list(workflow[True]) == ["pull_request"]  # YAML reads `on` as true
    steps = workflow["jobs"]["validate"]["steps"]
    runs = [step["run"] for step in steps if "run" in step]
    assert f"scripts/{SCRIPT.name}" in runs[-1]
    assert not [
        command for command in runs if "${{" in command
    ]  # what strangers write is no command


def test_contributing_shows_a_record_as_it_is(records):
    text = (PROJECT / "CONTRIBUTING.md").read_text()
    shown = text.split("```yaml\n")[1].split("```")[0]
    assert shown == (records / "google-gemma-3-270m.yaml").read_text()
