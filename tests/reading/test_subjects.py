"""Whom a document and a sentence are about."""

from kb.reading import read_text
from tests.reading.documents import claims_of


def test_a_stage_in_brackets_is_part_of_the_name():
    text = "# News\n\nToyla 2 (Experimental-0326) reaches 1344 Elo in the arena.\n"
    assert [claim.subject for claim in read_text(text, about="Toyla 2").claims] == [
        "Toyla 2 Experimental-0326"
    ]


def test_a_size_after_a_name_is_short_for_a_name():
    values = {
        claim[2] for claim in claims_of("# Toyla 7\n\nWe made the Toyla 7 8B and 4B models.\n")
    }
    assert 4e9 not in values


def test_a_score_in_brackets_belongs_to_the_name_before_it():
    text = "# Toyla 7\n\nOn AIME24 it surpasses Qwen9-7B (61.5).\n"
    assert ("benchmark_score", "Qwen9-7B", 61.5) in claims_of(text)


def test_a_document_is_about_what_it_defines_not_what_it_compares():
    text = (
        "# Description\n\nQorvath is a family of models. It has 7B parameters. GPT-4 judged it.\n"
    )
    assert ("params_total", "Qorvath", 7e9) in claims_of(text)


def test_a_title_in_small_letters_with_a_size():
    assert claims_of("# run7 40B ML\n\nModel size: 40B\n\nVocabulary size is 96,500 tokens.\n") == {
        ("params_total", "run7 40B ML", 40e9),
        ("vocab_size", "run7 40B ML", 96_500.0),
    }
