"""Whole documents, written for this test in the shapes that vendors write theirs."""

import pytest

from kb.reading import read_text
from tests.reading.documents import claims_of

CARD = """---
license: apache-2.0
---
# Toyla 3

Toyla 3 is a family of models. Toyla-3-40B-A4B has 40B total parameters and 4B activated
parameters, with 64 experts, 8 of which are used: it activates 8 experts per token.
It was pretrained on 15 trillion tokens and supports a context length of up to **128K** tokens.
The vocabulary size is 64,000. Its knowledge cutoff is June 2025.

- Training throughput was measured with a batch size of 4M tokens.
- It gains +24 Elo over models with less than 10 billion parameters.
"""


def test_a_card():
    found = claims_of(CARD)
    for expected in [
        ("license", "Toyla 3", "Apache-2.0"),
        ("params_total", "Toyla-3-40B-A4B", 40e9),
        ("params_active", "Toyla-3-40B-A4B", 4e9),
        ("experts", "Toyla-3-40B-A4B", 64.0),
        ("experts", "Toyla-3-40B-A4B", 8.0),
        ("training_tokens", "Toyla-3-40B-A4B", 15e12),
        ("context_length", "Toyla-3-40B-A4B", 128e3),
        ("vocab_size", "Toyla-3-40B-A4B", 64e3),
        ("knowledge_cutoff", "Toyla-3-40B-A4B", "2025-06"),
    ]:
        assert expected in found
    assert not {value for kind, _, value in found if kind in ("elo",) or value in (4e6, 10e9)}


def test_what_is_left_out_has_its_reason():
    reasons = {reason for _, reason in read_text(CARD, name="card.md").excluded}
    assert {"a batch size or a rate", "a difference", "speaks of other models"} <= reasons


def test_both_readings_of_k_are_kept():
    claim = next(c for c in read_text(CARD).claims if c.claim_type == "context_length")
    assert (claim.claimed_value, claim.claimed_high, claim.operator) == (128_000, 131_072, "<=")


HTML = """<!doctype html><html><head><title>Toyla 4</title><script>var x = "9B parameters"</script>
</head><body><h1>Toyla 4</h1><p>Toyla&nbsp;4 has <b>12B</b> parameters
&amp; a 32K context window.</p>
<table><tr><th>Model</th><th>Tokens</th><th>License</th></tr>
<tr><td rowspan="2">Toyla 4 Mini</td><td>9T</td><td>MIT</td></tr>
<tr><td>9T</td><td>MIT</td></tr></table></body></html>"""


def test_a_page_with_a_table():
    found = claims_of(HTML, "page.html")
    assert ("params_total", "Toyla 4", 12e9) in found
    assert ("context_length", "Toyla 4", 32e3) in found
    assert ("training_tokens", "Toyla 4 Mini", 9e12) in found
    assert ("license", "Toyla 4 Mini", "MIT") in found
    assert not any(value == 9e9 for _, _, value in found)


def test_press_gives_each_its_own():
    text = (
        "Example Corp released **Toyla 4 Scout** with 10M context and 109B total parameters, while "
        "Toyla 4 Maverick scored 1417 Elo on LMArena. Scout uses 16 experts. A rival, OtherLM-7B, "
        "costs $0.50 per 1M input tokens and $3.00 per 1M output tokens."
    )
    found = claims_of(text, "article.txt", about="Toyla 4")
    assert ("context_length", "Toyla 4 Scout", 10e6) in found
    assert ("elo", "Toyla 4 Maverick", 1417.0) in found
    assert ("experts", "Toyla 4 Scout", 16.0) in found
    assert {("price", "OtherLM-7B", 0.5), ("price", "OtherLM-7B", 3.0)} <= found


@pytest.mark.parametrize("text", ["", "\x00\x00", "---\n---\n", "|\n|-", "<table>", '{"a":'])
def test_next_to_nothing_is_no_claim(text):
    assert read_text(text).claims == []


def test_a_list_of_terms_in_a_page():
    text = "<!doctype html><h1>Toyla-3-8B</h1><dl><dt>Context window</dt><dd>8K tokens</dd></dl>"
    assert claims_of(text, "a.html") == {("context_length", "Toyla-3-8B", 8e3)}
