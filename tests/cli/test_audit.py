"""`kb audit`: on a terminal, killed at any moment, and by sheets."""

import json
import os
from datetime import UTC, datetime

import pytest
import yaml

from tests.cli.talk import talk_to_kb
from tests.processes import run_kb

KEYS = "r right"


@pytest.fixture
def command(settings, record):
    """The options that every call has."""
    return ("audit", "--records", str(record.parent), "--seed", "7", "--sample", "4")


def press(talk, keys):
    os.write(talk.terminal, keys.encode())


def read_file(record):
    (path,) = (record.parent / "audits").glob("*.yaml")
    return yaml.safe_load(path.read_text())


def read_done(record, name="Ada"):
    readers = {reader["name"]: reader for reader in read_file(record).get("readers", [])}
    return [found["fact"] for found in readers.get(name, {}).get("judgements", [])]


def test_facts_are_judged_with_one_key_each(settings, record, command):
    with talk_to_kb(settings, *command, "--by", "Ada") as talk:
        first = talk.hear(KEYS, timeout=30)
        assert "Fact 1 of 4" in first
        assert "https://toys.example/card" in first
        assert "kb crawl --url" in first
        press(talk, "r")
        assert "Fact 2 of 4" in talk.hear(KEYS, timeout=30)
        press(talk, "w")
        talk.hear()
        talk.say("sd")
        talk.hear("instead?")
        talk.say("said by another, on another day")
        talk.hear(KEYS, timeout=30)
        press(talk, "b")
        assert "Fact 2 of 4" in talk.hear(KEYS, timeout=30)
        press(talk, "q")
        talk.hear("2 left")
    judgements = read_file(record)["readers"][0]["judgements"]
    assert [found["outcome"] for found in judgements] == ["right", "wrong"]
    assert judgements[1]["parts"] == ["speaker", "date"]


@pytest.mark.parametrize("moment", ["shown", "key", "part"])
def test_killed_anywhere_nothing_is_lost_or_doubled(settings, record, command, moment):
    """kill -9 when a fact is shown, right after a key, in the middle of an answer: go on."""
    pressed = 0
    for _ in range(3):
        with talk_to_kb(settings, *command, "--by", "Ada") as talk:
            shown = talk.hear(KEYS, timeout=30)
            done = read_done(record)
            assert f"Fact {len(done) + 1} of 4" in shown
            press(talk, "r")
            pressed += 1
            if moment == "key":
                talk.kill()
                continue
            talk.hear(KEYS, timeout=30)
            if moment == "part":
                press(talk, "n")
                talk.hear()
            talk.kill()
        assert len(read_done(record)) == pressed
    done = read_done(record)
    assert len(done) == len(set(done)) <= pressed
    with talk_to_kb(settings, *command, "--by", "Ada") as talk:
        for _ in range(4 - len(done)):
            talk.hear(KEYS, timeout=30)
            press(talk, "r")
        talk.hear("done;")
    assert sorted(read_done(record)) == sorted(fact["id"] for fact in read_file(record)["facts"])
    assert [path.name for path in (record.parent / "audits").glob(".*")] == []
    assert "you have judged the whole sample" in run_kb(settings, *command, "--by", "Ada").stderr


def test_a_reader_is_not_shown_what_another_found(settings, record, command):
    with talk_to_kb(settings, *command, "--by", "Ada") as talk:
        talk.hear(KEYS, timeout=30)
        press(talk, "n")
        talk.hear()
        talk.say("s")
        talk.hear("instead?")
        talk.say("a secret of Ada's")
        talk.hear(KEYS, timeout=30)
        talk.kill()
    with talk_to_kb(settings, *command, "--by", "Bob") as talk:
        shown = talk.hear(KEYS, timeout=30)
        assert "Fact 1 of 4" in shown
        press(talk, "r")
        shown += talk.hear(KEYS, timeout=30)
    assert "secret" not in shown
    assert "Ada" not in shown
    exported = record.parent.parent / "sheet.yaml"
    assert run_kb(settings, *command, "--export", str(exported)).returncode == 0
    assert "secret" not in exported.read_text()


@pytest.mark.parametrize("form", ["yaml", "csv"])
def test_two_readers_by_sheets(settings, record, command, tmp_path, form):
    sheet = tmp_path / f"sheet.{form}"
    assert run_kb(settings, *command, "--export", str(sheet)).returncode == 0
    blank = sheet.read_text()
    refused = run_kb(settings, *command, "--by", "Ada", "--take", str(sheet))
    assert refused.returncode == 1
    assert f"{sheet}:" in refused.stderr.replace("\n", "")
    assert "no judgement" in refused.stderr
    for name, wrong in (("Ada", 0), ("Bob", 1)):
        sheet.write_text(fill(blank, form, wrong))
        for _ in range(2):  # twice is once
            done = run_kb(settings, *command, "--by", name, "--take", str(sheet), "--json")
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout)["judgements"] == 4
    folder = str(record.parent)
    shown = json.loads(run_kb(settings, "audit", "show", "--records", folder, "--json").stdout)
    assert [(row["reader"], row["right"]) for row in shown["readers"]] == [("Ada", 4), ("Bob", 3)]
    assert (shown["overall"]["right"], shown["overall"]["wrong_speakers"]) == (3, 1)
    assert shown["overall"]["low"] < 0.75 < shown["overall"]["high"]
    (agreement,) = shown["agreement"]
    assert (agreement["same"], agreement["facts"], agreement["kappa"]) == (3, 4, 0)
    assert [found["parts"] for found in shown["found"]] == [["speaker"]]
    told = run_kb(settings, "audit", "show", "--records", folder).stdout
    assert "Ada and Bob agree on 3 of 4 facts" in told
    assert run_kb(settings, "validate", folder).returncode == 0
    assert "1 audit" in run_kb(settings, "load", folder).stderr


def fill(blank, form, wrong):
    """Judge every fact right but the first `wrong` ones, whose speaker is another."""
    if form == "yaml":
        text = blank.replace(
            "judgement: null\n  parts: []", "judgement: wrong\n  parts: [speaker]", wrong
        )
        return text.replace("judgement: null", "judgement: right")
    head, *rows = blank.splitlines()
    ends = ["wrong,speaker,"] * wrong + ["right,,"] * (len(rows) - wrong)
    return "\n".join(
        [head, *(row.removesuffix(",,") + end for row, end in zip(rows, ends, strict=True))]
    )


def test_the_sources_words_come_from_the_archive(settings, record, site, tmp_path):
    url, _ = site
    text = record.read_text().replace("https://toys.example/card", url)
    record.write_text(text.replace("quote: 7B", "quote: 7 billion parameters"))
    done = run_kb(settings, "crawl", "--url", url, "--vendor", "Toys")
    assert done.returncode == 0, done.stderr
    sheet = tmp_path / "sheet.yaml"
    run_kb(settings, "audit", "--records", str(record.parent), "--seed", "1", "--sample", "4",
           "--export", str(sheet))  # fmt: skip
    words = [row["source_words"] for row in yaml.safe_load(sheet.read_text())["facts"]]
    assert any("It has 7 billion parameters." in text for text in words)
    today = datetime.now(UTC).date().isoformat()
    assert all(f"As archived on {today}" in text for text in words)


def test_what_cannot_be_is_told_in_a_line(settings, record, tmp_path):
    folder = str(record.parent)
    for arguments, words in (
        ((), "name a seed"),
        (("--seed", "1", "--sample", "99"), "the records hold 4 facts"),
        (("--seed", "1", "--sample", "2"), "say who judges"),
        (("--seed", "1", "--sample", "3"), "take another seed"),
        (("--seed", "1", "--by", "Ada"), "no terminal to ask on"),
        (("--seed", "1", "--by", "Ada", "--take", "none.csv"), "no such sheet"),
        (("--seed", "1", "--export", "sheet.pdf"), "ends in .yaml or .csv"),
        (("show", "--seed", "9"), "no such audit"),
    ):
        at = ["audit", *arguments, "--records", folder]
        done = run_kb(settings, *at)
        assert done.returncode == 1, arguments
        assert words in done.stderr.replace("\n", " "), arguments
        assert "Traceback" not in done.stderr
