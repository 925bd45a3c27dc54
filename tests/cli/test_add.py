"""`kb add` that is told all: from a source to a record file; wrong answers write nothing."""

import json

import pytest
import yaml
from sqlmodel import select

from kb.store.database import open_session
from kb.tables import Snapshot, Source
from tests.cli.toybox import RECORD, TOLD, WINDOW, add_unread, read
from tests.processes import run_kb


@pytest.mark.crawl
def test_told_all_it_asks_nothing(settings, site, folder):
    done = run_kb(settings, "add", "--url", site[0], *WINDOW, *TOLD, "--to", str(folder))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    path = folder / "toys-toybox-7b.yaml"
    assert (told["file"], told["added"], told["is_new_file"]) == (str(path), "claim", True)
    lines = path.read_text().splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../schema/record.schema.json"
    assert [line for line in lines if line and line[0] not in " #"] == [
        "model:", "sources:", "claims:"
    ]  # fmt: skip
    (source,) = read(path).sources.values()
    assert (source.title, source.published_on.isoformat()) == ("Toybox-7B is here", "2026-01-31")
    with open_session(settings.url) as session:
        (snapshot,) = session.exec(select(Snapshot)).all()
    assert source.sha256 == snapshot.sha256
    assert run_kb(settings, "validate", str(folder)).returncode == 0
    again = run_kb(settings, "add", "--url", site[0], *WINDOW, *TOLD, "--to", str(folder))
    assert json.loads(again.stdout)["added"] == "nothing"
    assert path.read_text().splitlines() == lines


@pytest.mark.crawl
def test_what_is_not_told_is_read_in_the_source(settings, site, folder):
    done = run_kb(
        settings, "add", "--url", site[0], "--type", "context_length", "--vendor", "Toys", "--yes",
        "--to", str(folder),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    (claim,) = read(folder / "toys-toybox-7b.yaml").claims
    assert claim.quantity.low == 128_000
    assert (claim.sightings[0].said_by, claim.sightings[0].attribution) == ("Toys", None)


def test_lines_are_added_and_none_is_touched(settings, record):
    done = add_unread(settings, record, *WINDOW, *TOLD)
    assert done.returncode == 0, done.stderr
    lines = record.read_text().splitlines()
    kept = iter(lines)
    assert all(line in kept for line in RECORD.splitlines())  # all of them, in their order
    assert len(lines) == len(RECORD.splitlines()) + 10
    assert lines.index("  # The end of the claims.") < lines.index("    claimed: 128K tokens")
    assert lines.index("    claimed: 128K tokens") < lines.index("results:")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (("--type", "context_length", "--claimed", "very long"), "--claimed: 'very long'"),
        (("--type", "contxt", "--claimed", "1K"), "--type: unknown claim type"),
        (
            ("--type", "elo", "--claimed", "1400", "--said-on", "2099"),
            "--said-on: 2099 is in the future",
        ),
        (("--type", "elo", "--claimed", "1400", "--quote", "x" * 161), "--quote: "),
        (("--claimed", "1400"), "--type is needed: What is claimed"),
    ],
)
def test_a_wrong_or_missing_answer_is_told_and_nothing_written(settings, record, told, words):
    if "--quote" not in told:
        told = (*told, "--quote", "x")
    done = add_unread(settings, record, *told, *TOLD)
    assert done.returncode == 1
    assert words in done.stderr
    assert record.read_text() == RECORD


@pytest.mark.crawl
def test_a_quote_that_is_not_there_is_refused(settings, site, folder):
    told = (*WINDOW[:-1], "256K tokens")
    done = run_kb(settings, "add", "--url", site[0], *told, *TOLD, "--to", str(folder))
    assert done.returncode == 1
    assert "is not in the source" in done.stderr
    assert not folder.exists()


@pytest.mark.crawl
def test_unwatched_it_takes_no_quote_on_trust(settings, site, folder):
    away = site[0].replace("/blog", "/gone")
    done = run_kb(settings, "add", "--url", away, *WINDOW, *TOLD, "--to", str(folder))
    assert done.returncode == 1
    assert "could not be fetched" in done.stderr
    assert "--no-fetch --read-on" in done.stderr
    assert not folder.exists()


@pytest.mark.crawl
def test_what_was_added_loads_into_the_base_that_crawled_it(settings, site, folder):
    told = (*TOLD, "--kind", "press")
    assert (
        run_kb(settings, "add", "--url", site[0], *WINDOW, *told, "--to", str(folder)).returncode
        == 0
    )
    done = run_kb(settings, "load", str(folder))
    assert done.returncode == 0, done.stderr
    assert "in other words" not in done.stderr
    with open_session(settings.url) as session:
        (source,) = session.exec(select(Source).where(Source.url == site[0])).all()
    assert (source.title, str(source.published_on)) == ("Toybox-7B is here", "2026-01-31")


def test_availability_of_a_model_on_record_stays(settings, record):
    done = add_unread(settings, record, *WINDOW, *TOLD, "--availability", "announced")
    assert done.returncode == 0
    assert "says this model is released, and that stays" in " ".join(done.stderr.split())
    assert read(record).model.availability == "released"


def test_of_availability_nothing_is_told_that_nobody_said(settings, record):
    done = add_unread(settings, record, *WINDOW, *TOLD)
    assert done.returncode == 0
    assert "and that stays" not in " ".join(done.stderr.split())


def test_unwatched_a_quote_must_hold_the_figure(settings, record):
    told = ("--type", "context_length", "--claimed", "256K tokens", "--quote", "128K tokens")
    done = add_unread(settings, record, *told, *TOLD)
    assert done.returncode == 1
    assert "--quote: the figure is not in it" in done.stderr
    assert record.read_text() == RECORD


def test_a_name_like_one_on_record_is_asked_about(settings, record):
    told = [word if word != "Toybox-7B" else "Toybx-7B" for word in TOLD]
    done = add_unread(settings, record, *WINDOW, *told)
    assert done.returncode == 0
    assert "is it perhaps Toybox-7B, in" in " ".join(done.stderr.split())
    assert "new record, added one claim" in " ".join(done.stderr.split())


def test_what_is_written_in_brackets_is_refused_not_damaged(settings, record):
    tree = yaml.safe_load(RECORD)
    flow = yaml.safe_dump(tree, default_flow_style=True, sort_keys=False)
    record.write_text(flow)
    done = add_unread(settings, record, *WINDOW, *TOLD, url="https://toys.example/card")
    assert done.returncode == 1
    assert "written in brackets" in done.stderr
    assert record.read_text() == flow


def test_a_claim_in_other_words_is_warned_of(settings, record):
    told = ("--type", "task_quality", "--claimed", "good at summarising long documents",
            "--quote", "summarising")  # fmt: skip
    done = add_unread(settings, record, *told, *TOLD)
    alike = json.loads(done.stdout)["alike"]
    assert [claim["claimed"] for claim in alike] == ["summarises long documents"]
    assert "say the same" in done.stderr


def test_the_same_claim_elsewhere_is_a_sighting_more(settings, record):
    told = ("--type", "params_total", "--claimed", "7 billion", "--quote", "7 billion")
    done = add_unread(settings, record, *told, *TOLD, url="https://toys.example/card")
    # Its sightings stand in lines of their own, one in brackets.
    assert json.loads(done.stdout)["added"] == "sighting", done.stderr
    assert [sighting.quote for sighting in read(record).claims[0].sightings] == ["7B", "7 billion"]
