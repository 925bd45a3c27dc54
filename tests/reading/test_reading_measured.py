"""Reading measured against documents labelled by hand, where those are at hand."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import run_kb

GOLD = Path(__file__).parents[3] / "shared" / "gold"
BARS = {
    "context_length": 0.88, "params_total": 0.88, "params_active": 0.88, "experts": 0.88,
    "license": 0.88, "training_tokens": 0.88, "benchmark_score": 0.85,
}  # fmt: skip


@pytest.mark.skipif(not GOLD.exists(), reason="no labelled documents beside this checkout")
def test_the_labelled_documents(settings, tmp_path):
    done = run_kb(settings, "extract", *map(str, sorted((GOLD / "docs").iterdir())), "--json")
    assert done.returncode == 0, done.stderr
    predictions = tmp_path / "p.jsonl"
    predictions.write_text(done.stdout)
    scored = subprocess.run(
        [sys.executable, str(GOLD / "score.py"), str(predictions), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    result = json.loads(scored.stdout)
    assert result["document_mean_f1"] >= 0.88
    assert result["pooled_f1"] >= 0.90
    assert {
        name: result["types"][name]["f1"] >= bar for name, bar in BARS.items()
    } == dict.fromkeys(BARS, True)


def test_a_file_that_is_not_there_is_told_and_the_rest_is_read(settings, tmp_path):
    card = tmp_path / "card.md"
    card.write_text("# Toyla-3-8B\n\nIt has 8B parameters.\n")
    done = run_kb(
        settings, "extract", str(tmp_path / "none.md"), str(card), str(tmp_path), "--json"
    )
    assert done.returncode == 1
    row = json.loads(done.stdout)
    assert (row["doc"], row["model"], row["value"]) == ("card.md", "Toyla-3-8B", 8_000_000_000)
    assert "none.md: No such file" in done.stderr
    assert "is a folder" in done.stderr
    assert "1 kept + 0 left out + 0 failed = 1 candidate\n" in done.stderr
