"""The tests that count engines, or share a database server, are run by one worker."""

import subprocess
import sys
from pathlib import Path

from tests.workers import find_group

PROJECT = Path(__file__).parents[1]


def test_groups_hold_every_file_with_a_test_that_shares_a_server():
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "engine or postgres"],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    files = {line.split("::")[0] for line in done.stdout.splitlines() if "::" in line}
    groups = [find_group(file) for file in sorted(files)]
    assert set(groups) == {"engine", "postgres"}
    assert min(groups.count(name) for name in ("engine", "postgres")) > 1


def test_any_other_file_is_a_group_of_its_own():
    file = Path(__file__).relative_to(PROJECT).as_posix()
    assert find_group("tests/domain/test_histories.py") == "tests/domain/test_histories.py"
    assert find_group(file) == file
