"""Sentences: what a number counts, and what looks like a claim and is none."""

import pytest

from tests.reading.documents import claims_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It copies the Llama 2 architecture with 5 billion parameters.", 5e9),
        ("Its tokenizer with 96,000 tokens was made anew.", 96e3),
        ("It has a context window length of 8192.", 8192.0),
        ("A family of language models with 12 billion parameters.", 12e9),
    ],
)
def test_what_is_said_of_the_documents_own(text, expected):
    found = {(claim[1], claim[2]) for claim in claims_of(f"# Toyla 7\n\nToyla 7 is new. {text}\n")}
    assert ("Toyla 7", expected) in found


@pytest.mark.parametrize(
    "text",
    [
        "It even beats much larger 32B models.",
        "Most works rely on big ones, e.g., 30B models.",
        "It is competitive with 4B models.",
        "Our ablations on a 3B model trained with 100B tokens showed that it helps.",
        "We raised RoPE theta to 1.5M for a longer context.",
        "All scores are evaluated with 64k context length.",
        "It was cut from the base 15B model.",
    ],
)
def test_what_is_no_claim_of_it(text):
    assert claims_of(f"# Toyla 7\n\n{text}\n") == set()


@pytest.mark.parametrize(
    "text",
    [
        "This dataset contains over 150 billion clean tokens.",
        "It holds 3M web pages, a total of 90B tokens.",
        "The embedding layer holds 900M params.",
    ],
)
def test_what_is_said_of_data_or_of_a_part(text):
    assert claims_of(f"# Toyla 7\n\n{text}\n") == set()


@pytest.mark.parametrize(
    "text",
    [
        "The speculative decoding head adds 1.2B parameters.",
        "The first 500B tokens are for warming up.",
        "Our runs used 32K-token rollouts.",
        "Throughput was taken with a 32K input and 1K output.",
    ],
)
def test_what_is_said_of_parts_phases_and_settings(text):
    assert claims_of(f"# Toyla 7\n\n{text}\n") == set()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has 96 experts, of which 6 are active per token.", ("experts", 6.0)),
        ("It activates 3B-5B parameters.", ("params_active", 5e9)),
        (
            "It is under the TOYLA MODEL LICENSE AGREEMENT.",
            ("license", "TOYLA MODEL LICENSE AGREEMENT"),
        ),
        ("It does well on 64K long texts.", ("context_length", 64e3)),
    ],
)
def test_other_words_for_the_same(text, expected):
    assert ("Toyla 7", *expected) in {
        (who, kind, value) for kind, who, value in claims_of(f"# Toyla 7: small\n\n{text}\n")
    }
