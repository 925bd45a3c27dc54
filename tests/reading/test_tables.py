"""Tables: which axis holds the models, what a label stands for, what a cell says."""

from kb.reading import read_text
from tests.reading.documents import claims_of, types_of

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


def test_a_labelled_cell_may_spell_out_its_unit():
    text = "# Toy 2\n\n| Model | Context length |\n|---|---|\n| Toy 2 Small | 32K tokens |\n"
    (claim,) = read_text(text).claims
    assert (claim.claim_type, claim.claimed_value, claim.quote) == (
        "context_length",
        32_000.0,
        "32K tokens",
    )


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
