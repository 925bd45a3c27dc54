"""The command line: JSON for programs, one line for what a user can mend."""

import json
import os
import subprocess
import sys

import pytest

from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load

FIELDS = {
    "id", "seed", "subject", "vendor", "type", "claimed_text", "claimed_value", "unit", "outcome",
    "basis", "explanation", "rule", "sightings", "measurements",
}  # fmt: skip


def kb(*arguments, settings, check=True):
    done = subprocess.run(
        [sys.executable, "-c", "from kb.cli.app import main; main()", *arguments],
        capture_output=True, text=True, env={**os.environ, "KB_HOME": str(settings.home)},
        check=False,
    )  # fmt: skip
    if check:
        assert done.returncode == 0, done.stderr
    return done


@pytest.fixture
def judged(settings, records):
    run_load(settings, records)
    run_judge(settings)
    return settings


def test_claims_as_json(judged):
    claims = json.loads(kb("claims", "--json", settings=judged).stdout)
    assert {claim["seed"] for claim in claims} >= {f"S{n:02}" for n in range(1, 39)}
    for claim in claims:
        assert claim.keys() >= FIELDS
        for sighting in claim["sightings"]:
            assert sighting.keys() >= {"source_url", "said_by", "said_at", "quote", "locator"}
        for result in claim["measurements"]:
            wanted = {"metric", "value", "low", "high", "unit", "n", "basis", "source_url"}
            assert result.keys() >= wanted


def test_claims_and_show_for_people(judged):
    assert "Not settled" in kb("claims", settings=judged).stdout
    told = kb("show", "S09", settings=judged).stdout
    assert "Wrong model" in told
    assert "monica.im" in told


def test_a_claim_is_found_by_what_the_list_shows_of_its_id(judged):
    listed = json.loads(kb("claims", "--model", "maverick", "--json", settings=judged).stdout)
    assert listed
    assert all("maverick" in f"{view['subject']} {view['model']}".lower() for view in listed)
    claim = next(view for view in listed if not view["seed"])
    short = claim["id"][:11]
    assert short in kb("claims", settings=judged).stdout
    assert json.loads(kb("show", short, "--json", settings=judged).stdout)["id"] == claim["id"]
    done = kb("show", "clm_", settings=judged, check=False)
    assert "no claim 'clm_'" in done.stderr


def test_what_a_user_can_mend_is_one_line(judged):
    done = kb("show", "S99", settings=judged, check=False)
    assert done.returncode == 1
    assert done.stderr.strip() == "kb: no claim 'S99'; `kb claims` lists them"


def test_validate_tells_file_and_line(judged, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("model:\n\tname: X\n")
    done = kb("validate", str(path), settings=judged, check=False)
    assert done.returncode == 1
    assert f"{path}:2: a tab" in done.stderr.replace("\n", "")


def test_help_teaches(judged):
    words = kb("--help", settings=judged).stdout
    stages = ["init", "load", "crawl", "verify", "judge", "publish", "dashboard"]
    for command in [*stages, "claims", "show", "runs", "validate", "doctor", "run"]:
        assert command in words


def test_terminal_is_safe_from_crawled_text():
    from kb.cli.console import as_plain_text

    text = as_plain_text("\x1b[31mred\x1b[0m [bold]not markup[/bold] \u202eflip")
    assert "\x1b" not in text.plain
    assert "[bold]" in text.plain
    assert "\u202e" not in text.plain
