"""Bundles of the first format, whose verdicts hold their sentence: they replay as before."""

from dataclasses import replace

import pytest

from tests.conftest import PROJECT
from verifiers.replaying.bundles import read_bundle, replay_bundle

# made by the code before facts were kept
BUNDLES = sorted((PROJECT / "tests" / "bundles" / "format_1").glob("*.tar.gz"))


@pytest.fixture(params=BUNDLES, ids=lambda path: path.name.split(".")[0])
def bundle(request):
    return read_bundle(request.param)


def test_it_is_equal_and_put_into_the_words_of_today(bundle):
    assert bundle.about["format"] == "as-claimed-bundle/1"
    (verdict,) = bundle.rows["verdict"]
    assert "facts" not in verdict
    replay = replay_bundle(bundle, "old")
    assert replay.differences == ()
    assert replay.sentence
    assert replay.sentence != verdict["explanation"]


def test_an_altered_sentence_is_found_by_the_verdicts_id(bundle):
    (verdict,) = bundle.rows["verdict"]
    forged = {**verdict, "explanation": "All well."}
    altered = replace(
        bundle,
        rows=bundle.rows | {"verdict": [forged]},
        about=bundle.about | {"verdict": forged},
    )
    (difference,) = replay_bundle(altered, "forged").differences
    assert difference.startswith("id: ver_")
    assert difference.endswith(verdict["id"])
