"""`kb add`: from a source to a record file, asked or told; never half-written, never lost."""

import json
import signal

import pytest
import yaml
from sqlmodel import select

from kb.cli.contributing.talk import ask_all
from kb.records.additions import _cut_quote
from kb.records.files import parse_record
from kb.records.questions import BY_NAME
from kb.store.database import open_session
from kb.store.home.add_drafts import read_draft
from kb.tables import Snapshot, Source
from tests.cli.talk import talk_to_kb
from tests.crawlers.site import Page, serve
from tests.processes import run_kb

PAGE = Page(
    b"<html><head><title>Toybox-7B is here</title>"
    b'<meta property="article:published_time" content="2026-01-31"></head><body>'
    b"<h1>Toybox-7B is here</h1><p>Toybox-7B has a context window of 128K tokens.</p>"
    b"<p>It has 7 billion parameters.</p></body></html>",
    "text/html; charset=utf-8",
)
RECORD = """\
# yaml-language-server: $schema=../schema/record.schema.json
model:
  name: Toybox-7B
  vendor: Toys
  availability: released
  availability_source: card

sources:
  card:   # the first we read
    url: https://toys.example/card
    publisher: "Toys"
    kind: model_card

claims:
  # Order matters to us.
  - type: params_total
    claimed: '7B'
    said_by: Toys
    sightings:
      - {source: card, quote: 7B}
  - type: task_quality
    claimed: summarises long documents
    said_by: Toys
    sightings:
      - source: card
        quote: long documents
  # The end of the claims.

results:
  - metric: effective_context
    value: 1000
    unit: tokens
    reported_by: A
    source: card
"""
TOLD = ("--model", "Toybox-7B", "--vendor", "Toys", "--said-by", "Toys", "--yes", "--json")
WINDOW = ("--type", "context_length", "--claimed", "128K tokens", "--quote", "128K tokens")


@pytest.fixture
def site():
    with serve({"/blog": PAGE}) as (url, asked):
        yield f"{url}/blog", asked


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "records"


@pytest.fixture
def record(folder):
    folder.mkdir()
    path = folder / "toys-toybox-7b.yaml"
    path.write_text(RECORD)
    return path


def read(path):
    return parse_record(path.read_bytes(), str(path)).draft


def add_unread(settings, record, *told, url="https://toys.example/blog"):
    """`kb add` into the folder of a record, the source taken as read."""
    told = (*told, "--to", str(record.parent))
    return run_kb(settings, "add", "--no-fetch", "--url", url, *told)


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
    assert (claim.quantity.low, claim.said_by) == (128_000, "Toys")


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


@pytest.mark.crawl
def test_a_talk_with_wrong_answers(settings, site, folder):
    with talk_to_kb(settings, "add", "--to", str(folder)) as talk:
        assert "the answer in [brackets]" in talk.hear("Address of the source")
        talk.hear()
        talk.say("javascript:alert(1)")
        assert "not accepted:" in talk.hear()
        talk.say(site[0])
        shown = talk.answer_all({}, until="Which one?")
        assert "context_length: 128K tokens" in shown
        number = shown.split(" context_length: 128K")[0].rsplit("\n", 1)[-1].strip()
        talk.say(number)
        talk.answer_all({"Who makes": "Toys"}, until="a type of claim")
        talk.say("?")
        assert "context_length: " in talk.hear()
        talk.say("")
        talk.hear("the figure as it was written")
        talk.hear()
        talk.say("<")
        assert "a type of claim" in talk.hear()
        assert "type" not in read_draft(settings.home)
        talk.say("")
        asked = talk.answer_all({}, until="exactly as they stand there")
        assert "[" in asked
        talk.say("256K tokens")
        assert "is not in the source" in talk.hear()
        talk.say("128K tokens")
        assert "+   - type: context_length" in talk.answer_all({})
        talk.say("y")
        talk.hear("added one claim")
        assert talk.process.wait(timeout=30) == 0
    (claim,) = read(folder / "toys-toybox-7b.yaml").claims
    assert claim.sightings[0].quote == "128K tokens"
    assert read_draft(settings.home) == {}


@pytest.mark.crawl
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_stopped_halfway_it_goes_on(settings, site, folder, end):
    with talk_to_kb(settings, "add", "--to", str(folder), "--url", site[0]) as talk:
        talk.answer_all({}, until="Which one?")
        talk.say("")
        talk.answer_all({"The model that": "Toybox-7B"}, until="Who makes the model")
        talk.process.send_signal(end)
        assert talk.process.wait(timeout=30) != 0
    assert not folder.exists()
    assert read_draft(settings.home)["model"] == "Toybox-7B"
    with talk_to_kb(settings, "add", "--to", str(folder)) as talk:
        assert "Continue with it?" in talk.hear()
        talk.say("y")
        talk.answer_all({}, until="Which one?")
        talk.say("")
        told = {
            "Who makes": "Toys", "a type of claim": "params_total", "The claim": "7 billion",
            "exactly as": "7 billion parameters", "The model that": "ASKED AGAIN",
        }  # fmt: skip
        talk.answer_all(told)
        talk.say("y")
        talk.hear("added one claim")
    draft = read(folder / "toys-toybox-7b.yaml")
    assert draft.model.name == "Toybox-7B"
    assert draft.claims[0].quantity.low == 7e9
    assert not list(folder.glob(".*"))


def test_the_proposed_quote_is_a_few_words_around_the_figure():
    quote = (
        "We are glad to say that, after months of work, Toybox-7B has a context window of "
        "128K tokens, and that it is here for everybody to try from today on."
    )
    assert _cut_quote(quote, "128K tokens") == "has a context window of 128K tokens, and that it"
    assert _cut_quote("a window of 128K tokens", "128K tokens") == "a window of 128K tokens"
    beside = (
        "Alongside the dense 27B that we trained for months, our engineers made a small model "
        "with just 7B parameters, for phones."
    )
    assert "just 7B parameters" in _cut_quote(beside, "7B")
    assert _cut_quote("字" * 200, "128K") is None


def test_one_goes_back_to_what_was_kept_and_finds_it_proposed(monkeypatch):
    typed = iter(["?", "<", "Toys Inc", ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(typed))
    answers, kept = {"url": "https://toys.example/", "publisher": "Toys"}, []
    ask_all(
        (BY_NAME["url"], BY_NAME["publisher"], BY_NAME["title"]), answers,
        lambda name, so_far: "A title" if name == "title" else None, lambda *_: True, None,
        lambda so_far: kept.append(dict(so_far)), fixed=("url",),
    )  # fmt: skip
    assert answers == {"url": "https://toys.example/", "publisher": "Toys Inc", "title": "A title"}
    assert kept[0] == {"url": "https://toys.example/"}  # what was withdrawn is not kept
