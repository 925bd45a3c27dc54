"""Labels that no rule knows, decided by the real sentence embeddings."""

import pytest

from kb.reading import read_text
from kb.reading.labels.label_meaning import find_meanings
from kb.reading.labels.labels import find_label

MEANT = {
    "Context capacity": "context_length",
    "Longest supported input": "context_length",
    "How many weights": "params_total",
    "Params in use per token": "params_active",
    "Lexicon size": "vocab_size",
    "Licensing terms": "license",
    "Latest training data": "knowledge_cutoff",
}
NOT_MEANT = (
    "Batch tokens", "Tokens per batch", "Tokens per second", "Hidden dimension", "FFN size",
    "Model dimension", "Size on disk", "Image tokens", "image_seq_length", "Vision parameters",
    "Training sequence length", "Fine-tuning tokens", "Sliding window", "Max batch size",
    "Number of documents", "Test set size", "Model version", "Sample rate", "Prompts", "Data size",
)  # fmt: skip


def test_rules_know_none_of_these():
    assert [label for label in MEANT if find_label(label)] == []


def test_clear_meanings_are_found_and_others_left_alone(encoder):
    found = find_meanings([*MEANT, *NOT_MEANT], encoder)
    assert {label: meaning.claim_type for label, meaning in found.items()} == MEANT


@pytest.mark.parametrize("label", ["", "?", "1234", "x" * 5000, "word " * 50, "日本語", "\x00"])
def test_any_label_may_come(encoder, label):
    assert find_meanings([label], encoder) == {}


TABLE = """# Toy 2

| Model | Longest supported input | Batch tokens |
|---|---|---|
| Toy 2 Small | 32K tokens | 4M |
| Toy 2 Large | 128K tokens | 16M |
"""


def test_a_table_with_an_unknown_column(encoder):
    found = read_text(TABLE, encoder=encoder)
    said = {(claim.subject, claim.claim_type, claim.claimed_value) for claim in found.claims}
    assert said == {
        ("Toy 2 Small", "context_length", 32_000.0),
        ("Toy 2 Large", "context_length", 128_000.0),
    }
    for claim in found.claims:
        assert TABLE[claim.start : claim.end] == claim.quote
        assert "by its meaning" in claim.locator
    assert [text for text, _ in found.excluded] == ["Batch tokens: 4M", "Batch tokens: 16M"]


def test_without_an_encoder_it_is_left_out_and_said_so():
    found = read_text(TABLE)
    assert found.claims == []
    assert {reason for _, reason in found.excluded} == {"a label that no rule knows"}


def test_what_a_rule_knows_is_never_asked():
    class Deaf:
        def encode(self, texts):
            raise AssertionError(f"asked for {texts}")

    text = "# Toy 2\n\n| Model | Context length |\n|---|---|\n| Toy 2 Small | 32K |\n"
    assert len(read_text(text, encoder=Deaf()).claims) == 1
