"""`kb add` that asks: wrong answers, going back; stopped halfway, nothing is lost."""

import signal

import pytest

from kb.cli.contributing.talk import ask_all
from kb.records.additions import cut_quote
from kb.records.questions import BY_NAME
from kb.store.home.add_drafts import read_draft
from tests.cli.talk import talk_to_kb
from tests.cli.toybox import read


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
    assert cut_quote(quote, "128K tokens") == "has a context window of 128K tokens, and that it"
    assert cut_quote("a window of 128K tokens", "128K tokens") == "a window of 128K tokens"
    beside = (
        "Alongside the dense 27B that we trained for months, our engineers made a small model "
        "with just 7B parameters, for phones."
    )
    assert "just 7B parameters" in cut_quote(beside, "7B")
    assert cut_quote("字" * 200, "128K") is None


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
