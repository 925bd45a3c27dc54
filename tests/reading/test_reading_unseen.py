"""Reading the shapes that vendors write in who were not there when the rules were written."""

import pytest

from kb.reading import read_text


def claims_of(text, name="card.md", **options):
    return {
        (
            claim.claim_type,
            claim.subject,
            claim.claimed_text if claim.claimed_value is None else claim.claimed_value,
        )
        for claim in read_text(text, name=name, **options).claims
    }


def types_of(text):
    return {kind for kind, _, _ in claims_of(text)}


LIST_OF_OBJECTS = """export const models = [
  { displayName: 'Borealis A 24', contextWindowTokens: 64_000, maxOutput: 4_096,
    pricing: { units: [{ name: 'textInput', rate: 0.2 }, { name: 'textOutput', rate: 0.8 }] } },
  { displayName: 'Borealis B 24', contextWindowTokens: 32_000,
    pricing: { currency: 'CNY', units: [{ name: 'textInput', rate: 3 }] } },
];"""


def test_each_object_of_a_list_is_about_its_own_model():
    found = claims_of(LIST_OF_OBJECTS, "models.ts")
    assert {
        ("context_length", "Borealis A 24", 64e3),
        ("output_length", "Borealis A 24", 4096.0),
        ("context_length", "Borealis B 24", 32e3),
    } <= found


def test_a_price_has_the_side_beside_it_and_is_left_in_its_currency():
    prices = {claim for claim in claims_of(LIST_OF_OBJECTS, "models.ts") if claim[0] == "price"}
    assert prices == {("price", "Borealis A 24", 0.2), ("price", "Borealis A 24", 0.8)}


def test_one_named_object_does_not_make_a_list():
    found = claims_of(
        '{"name": "Toyla-3-8B", "text": {"name": "x", "vocab_size": 64000}}', "a.json"
    )
    assert found == {("vocab_size", "Toyla-3-8B", 64e3)}


def test_a_table_with_an_empty_heading():
    table = "| | |\n|---|---|\n| **Architecture** | MoE |\n| **Number of Experts** | 96 |\n"
    text = f"# Toyla 5\n\n{table}"
    assert claims_of(text) == {("experts", "Toyla 5", 96.0)}


def test_columns_of_scores_beside_a_known_model_are_models_too():
    text = (
        "# Toyla-3-8B\n\n| Test | Zed1.6-Base | Toyla-3-8B | T1-Small |\n|--|--|--|--|\n"
        "| MMLU | 61.5 | 70.0 | 55.5 |\n"
    )
    found = claims_of(text)
    assert ("benchmark_score", "Zed1.6-Base", 61.5) in found
    assert ("benchmark_score", "T1-Small", 55.5) in found


SIZES = """# Toyla 4

| Size | Download | Training Tokens | Parameters |
|---|---|---|---|
| 3B | here | 900B | 3,012,345,678 |

| Configuration | 3B | 9B |
|---|---|---|
| Number of heads | 16 | 32 |
| Max sequence length | 16,384 | 65,536 |
"""


def test_sizes_as_names_of_rows_and_of_columns():
    found = claims_of(SIZES)
    assert {
        ("training_tokens", "Toyla 4 3B", 900e9),
        ("params_total", "Toyla 4 3B", 3_012_345_678.0),
        ("context_length", "Toyla 4 3B", 16_384.0),
        ("context_length", "Toyla 4 9B", 65_536.0),
    } <= found
    assert "benchmark_score" not in types_of(SIZES)


def test_two_things_in_one_cell():
    text = (
        "# Toyla 6\n\n| Model | Total / Active Params | Model Size |\n|--|--|--|\n"
        "| Toyla 6 Large | 90B / 7B | 90B-A7B |\n"
    )
    found = claims_of(text)
    assert {
        ("params_total", "Toyla 6 Large", 90e9),
        ("params_active", "Toyla 6 Large", 7e9),
    } == found


def test_a_row_of_scores_without_a_name_is_of_its_section():
    text = "# Toyla 3\n\n## Toyla-3-8B\n\n| HellaSwag | PIQA |\n|--|--|\n| 70.5 | 71.5 |\n"
    assert claims_of(text) == {
        ("benchmark_score", "Toyla-3-8B", 70.5),
        ("benchmark_score", "Toyla-3-8B", 71.5),
    }


def test_a_row_whose_name_is_a_dash_is_no_model():
    text = "# Toyla-3-8B\n\n| Model | Tokens |\n|--|--|\n| Toyla-3-8B | 2T |\n| -- | 3T |\n"
    assert claims_of(text) == {("training_tokens", "Toyla-3-8B", 2e12)}


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


def test_a_notice_above_the_text_is_no_licence_of_the_model():
    text = (
        "<!--Notice.\n\nLicensed under the Apache License, Version 2.0; you may not use it.\n\n"
        "-->\n"
        "# Toyla 7\n\nToyla 7 was pretrained on 3T tokens.\n"
    )
    assert claims_of(text) == {("training_tokens", "Toyla 7", 3e12)}


def test_a_list_of_terms_in_a_page():
    text = "<!doctype html><h1>Toyla-3-8B</h1><dl><dt>Context window</dt><dd>8K tokens</dd></dl>"
    assert claims_of(text, "a.html") == {("context_length", "Toyla-3-8B", 8e3)}


def test_a_short_name_of_a_test_is_a_whole_word():
    text = "# Toyla-3-8B\n\n| Model | Architecture |\n|--|--|\n| Toyla-3-8B | 12 |\n"
    assert claims_of(text) == set()


def test_words_cut_short_in_labels():
    text = "# Toyla-3-8B\n\n| Structure | Toyla-3-8B |\n|--|--|\n| Vocab. Size | 64,000 |\n"
    text += "| Seq. Len. | 4,096 |\n| Num. Heads | 40 |\n"
    assert claims_of(text) == {
        ("vocab_size", "Toyla-3-8B", 64e3),
        ("context_length", "Toyla-3-8B", 4096.0),
    }


def test_a_setting_is_no_score():
    text = "# Toyla-3-8B\n\n| Task | Batch size |\n|--|--|\n| MMLU | 512 |\n"
    assert claims_of(text) == set()


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


def test_a_title_in_small_letters_with_a_size():
    assert claims_of("# run7 40B ML\n\nModel size: 40B\n\nVocabulary size is 96,500 tokens.\n") == {
        ("params_total", "run7 40B ML", 40e9),
        ("vocab_size", "run7 40B ML", 96_500.0),
    }


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
