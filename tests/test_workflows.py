"""What runs on GitHub: only targets that exist, with no right to write."""

import re

import pytest
import yaml

from tests.conftest import PROJECT

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
TARGETS = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_and_calls_what_is_there(path):
    workflow = yaml.safe_load(path.read_text())
    assert workflow["permissions"] == {"contents": "read"}
    steps = [step for job in workflow["jobs"].values() for step in job["steps"]]
    for step in steps:
        for target in re.findall(r"\bmake (\w+)", step.get("run", "")):
            assert target in TARGETS
        for script in re.findall(r"\bbash (\S+)", step.get("run", "")):
            assert (PROJECT / script).is_file()
        if uses := step.get("uses"):
            assert re.fullmatch(r"actions/[\w-]+@v\d+", uses)


def test_every_change_is_linted_and_tested():
    workflow = yaml.safe_load((PROJECT / ".github" / "workflows" / "checks.yml").read_text())
    assert set(workflow[True]) == {"push", "pull_request"}  # YAML reads the key `on` as true
    runs = " ".join(step.get("run", "") for step in workflow["jobs"]["checks"]["steps"])
    assert "make lint" in runs
    assert "make quick" in runs
