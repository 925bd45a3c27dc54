"""Bundles of earlier formats: they replay as before, as far as their rules are still here."""

from dataclasses import replace

import pytest

from kb.rules.discovery import find_rules
from tests.conftest import PROJECT
from verifiers.replaying.bundles import read_bundle, replay_bundle

HERE = PROJECT / "tests" / "bundles"
# made by the code before facts were kept: verdicts hold their sentence
FIRST = sorted((HERE / "format_1").glob("*.tar.gz"))
# made by the code before bundles said which documents they carry
SECOND = sorted((HERE / "format_2").glob("*.tar.gz"))


def name(path):
    return f"{path.parent.name}-{path.name.partition('.')[0]}"


@pytest.fixture(params=FIRST, ids=name)
def bundle(request):
    return read_bundle(request.param)


@pytest.mark.parametrize("path", [*FIRST, *SECOND], ids=name)
def test_a_bundle_of_an_earlier_format_is_checked_as_far_as_its_rule_is_here(path):
    old = read_bundle(path)
    assert old.about["format"] == f"as-claimed-bundle/{path.parent.name[-1]}"
    assert "sources" not in old.about
    (verdict,) = old.rows["verdict"]
    replay = replay_bundle(old, "old")
    assert replay.differences == ()
    assert replay.is_judged_again == (verdict["rule"] in {rule.label for rule in find_rules()})
    assert bool(replay.sentence) == replay.is_judged_again
    assert any("no copy of it is archived" in words for words in replay.not_checked)


def test_it_is_equal_and_put_into_the_words_of_today(bundle):
    assert bundle.about["format"] == "as-claimed-bundle/1"
    (verdict,) = bundle.rows["verdict"]
    assert "facts" not in verdict
    replay = replay_bundle(bundle, "old")
    assert replay.differences == ()
    assert not replay.is_judged_again or replay.sentence
    assert replay.sentence != verdict["explanation"]


def test_an_altered_sentence_is_found_by_the_verdicts_id(bundle):
    (verdict,) = bundle.rows["verdict"]
    forged = {**verdict, "explanation": "All well."}
    altered = replace(
        bundle,
        rows=bundle.rows | {"verdict": [forged]},
        about=bundle.about | {"verdict": forged},
    )
    replay = replay_bundle(altered, "forged")
    (difference,) = replay.differences
    assert difference.startswith("id: ver_")
    assert difference.endswith(verdict["id"])


@pytest.mark.parametrize("path", SECOND, ids=name)
def test_an_altered_verdict_is_found_though_its_rule_is_gone(path):
    old = read_bundle(path)
    (verdict,) = old.rows["verdict"]
    forged = {**verdict, "outcome": "supported"}
    about = old.about | {"verdict": forged}
    altered = replace(old, rows=old.rows | {"verdict": [forged]}, about=about)
    assert any(words.startswith("id: ver_") for words in replay_bundle(altered, "x").differences)
