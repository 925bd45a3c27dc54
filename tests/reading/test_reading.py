"""Reading documents written for this test, in the shapes that vendors write theirs."""

import pytest

from kb.domain.drafts import SourceKind
from kb.reading import read_text


def claims_of(text, name="card.md", **options):
    found = read_text(text, name=name, **options)
    for claim in found.claims:
        assert text[claim.start : claim.end] == claim.quote
    assert found.kept + len(found.excluded) + len(found.failed) == found.candidates
    return {
        (
            claim.claim_type,
            claim.subject,
            claim.claimed_text if claim.claimed_value is None else claim.claimed_value,
        )
        for claim in found.claims
    }


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


BY_COLUMN = """
## Evaluation

| Benchmark | # Shots | Toyla-3-8B | **Qwen9-7B** |
|---|---|---|---|
| MMLU | 5 | 71.2 | **70.9** |
| Mathy (EM) | 4 | 40.0 | - |
| # Total Params | - | 8B | 7B |
"""


def test_models_across_and_whose_they_are():
    found = read_text("# Toyla-3-8B\n" + BY_COLUMN, name="card.md")
    rows = {(c.subject, c.metric, c.claimed_value, c.about) for c in found.claims}
    assert ("Toyla-3-8B", "MMLU (5-shot)", 71.2, "own") in rows
    assert ("Qwen9-7B", "MMLU (5-shot)", 70.9, "competitor") in rows
    assert ("Toyla-3-8B", "Mathy (EM, 4-shot)", 40.0, "own") in rows
    assert ("Qwen9-7B", None, 7e9, "competitor") in rows
    assert len(found.claims) == 5


BY_ROW = """# Toyla 2
|  | Params | Context | MMLU | Speed (ms) |
|---|---|---|---|---|
| Toyla 2 | 7B | 4k | 45.3 | 20 |
| Toyla 2 | 70B | 4k | 68.9 | 90 |
"""


def test_models_down_with_sizes_in_their_own_column():
    found = claims_of(BY_ROW)
    assert ("params_total", "Toyla 2 70B", 70e9) in found
    assert ("context_length", "Toyla 2 7B", 4e3) in found
    assert ("benchmark_score", "Toyla 2 70B", 68.9) in found
    assert not any(value in (20.0, 90.0) for _, _, value in found)


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


CONFIG = """{"model_type": "toyla", "max_position_embeddings": 4096, "vocab_size": 32000,
 "num_local_experts": 8, "vision_config": {"max_position_embeddings": 77}}"""


def test_a_configuration():
    found = claims_of(CONFIG, "config.json")
    assert found == {
        ("context_length", "toyla", 4096.0),
        ("vocab_size", "toyla", 32000.0),
        ("experts", "toyla", 8.0),
    }


OBJECT = """export default {
  name: 'Toyla Large 5', // the name
  weights: [{ license: 'MIT', parameters: '70', contextSize: '64k', minGpuRam: { bf16: '140' } }],
  pricing: { input: [{ price: 0.5, priceEur: 0.45 }], output: [{ price: 1.5 }] },
  ratings: { input: 4.0, output: 2.0 },
};"""


def test_an_object_of_a_program():
    found = claims_of(OBJECT, "card.ts")
    assert ("params_total", "Toyla Large 5", 70e9) in found
    assert ("context_length", "Toyla Large 5", 64e3) in found
    assert ("hardware_fit", "Toyla Large 5", "140 GB") in found
    prices = {value for kind, _, value in found if kind == "price"}
    assert prices == {0.5, 0.45, 1.5}


def test_a_licence_is_named_by_its_own_title():
    text = (
        "TOYLA 3 COMMUNITY LICENSE AGREEMENT\n\nSection 1. See the Apache License, Version 2.0.\n"
    )
    found = claims_of(text, "LICENSE", kind=SourceKind.LICENSE, about="Toyla 3")
    assert found == {("license", "Toyla 3", "TOYLA 3 COMMUNITY LICENSE AGREEMENT")}


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


def test_a_labelled_cell_may_spell_out_its_unit():
    text = "# Toy 2\n\n| Model | Context length |\n|---|---|\n| Toy 2 Small | 32K tokens |\n"
    (claim,) = read_text(text).claims
    assert (claim.claim_type, claim.claimed_value, claim.quote) == (
        "context_length",
        32_000.0,
        "32K tokens",
    )


def test_a_stage_in_brackets_is_part_of_the_name():
    text = "# News\n\nToyla 2 (Experimental-0326) reaches 1344 Elo in the arena.\n"
    assert [claim.subject for claim in read_text(text, about="Toyla 2").claims] == [
        "Toyla 2 Experimental-0326"
    ]


def test_clauses_and_policies_are_no_licences():
    text = (
        "# Toy 2\n\nUse that the Acceptable Use Policy and Toy 2 Community License forbid is not "
        "allowed. See the Grant of Patent License.\n"
    )
    said = [claim.claimed_text for claim in read_text(text).claims if claim.claim_type == "license"]
    assert said == ["Toy 2 Community License"]


def test_a_page_that_opens_as_a_licence_is_read_as_one():
    text = "Toy 2 Community License\n\n1. Grant of Copyright License. The MIT License is a model.\n"
    for kind in (None, SourceKind.VENDOR_PAGE, SourceKind.LICENSE):
        said = [claim.claimed_text for claim in read_text(text, kind=kind, name="a.txt").claims]
        assert said == ["Toy 2 Community License"]
