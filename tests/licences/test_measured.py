"""Reading licences measured against labels made by hand, where those are at hand."""

import json
import subprocess
import sys

from tests.processes import run_kb


def test_the_labelled_licences(settings, shared, tmp_path):
    gold = shared / "gold"
    labels = (gold / "license_labels.jsonl").read_text().splitlines()
    wanted = {json.loads(line)["doc_id"] for line in labels}
    files = [str(path) for path in sorted((gold / "docs").iterdir()) if path.stem in wanted]
    done = run_kb(settings, "license", *files, "--json", "--no-meaning")
    assert done.returncode == 0, done.stderr
    (tmp_path / "p.jsonl").write_text(done.stdout)
    scored = subprocess.run(
        [sys.executable, str(gold / "score.py"), "--licenses", str(tmp_path / "p.jsonl"), "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    result = json.loads(scored.stdout)
    assert result["name_accuracy"] >= 0.95
    assert result["field_accuracy"] >= 0.95
