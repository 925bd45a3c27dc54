"""Sentences: where one ends, and where a full stop ends none."""

import pytest

from kb.text.sentences import split_sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("It has 7B parameters. It is open.", 2),
        ("Toyla 3.1 reads 128K tokens.", 1),
        ("See e.g. Llama, Fig. 2 and J. Smith.", 1),
        ("Is it open? Yes! It is.", 3),
        ("", 0),
    ],
)
def test_how_many(text, count):
    assert len(split_sentences(text)) == count


def test_a_text_without_full_stops_is_cut_and_nothing_is_lost():
    text = "word " * 1000
    spans = split_sentences(text)
    assert len(spans) > 1
    assert "".join(text[start:end] for start, end in spans) == text
