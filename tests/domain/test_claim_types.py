"""Claim types: what an entry declares, and the how-to page that adds one."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import kb
from kb.domain.claim_types import CLAIM_TYPES, ClaimType, find_claim_type
from kb.domain.claim_types.catalogue import _sort_types
from kb.domain.units import UNITS, find_unit, name_unit
from kb.reading.labels.labels import find_label

PAGE = Path("docs/how-to/add-a-claim-type.md")
READ_AND_CHECK = """
import sys
from datetime import date
from kb.reading import read_text
from kb.records.checks import check_records
from kb.records.files import parse_record
from kb.records.lint import lint_records

card, record = (open(path).read() for path in sys.argv[1:])
for claim in read_text(card, name="card.md").claims:
    figure = (claim.claimed_value, claim.unit, claim.claimed_text)
    print(claim.subject, claim.claim_type, *figure, sep="|")
parsed = parse_record(record.encode(), "toyla.yaml")
problems = [*check_records([parsed]), *lint_records([parsed], date(2026, 2, 1))]
print(parsed.draft.claims[0].quantity.low, [str(problem) for problem in problems], sep="|")
"""


def test_types_have_an_order_and_names_of_their_own():
    assert [entry.order for entry in CLAIM_TYPES] == sorted({entry.order for entry in CLAIM_TYPES})
    assert len({entry.name for entry in CLAIM_TYPES}) == len(CLAIM_TYPES)
    assert all(entry.asks.endswith("?") and entry.label for entry in CLAIM_TYPES)


@pytest.mark.parametrize("twin", [(1, "other"), (2, "one")])
def test_two_types_of_one_order_or_name_are_refused(twin):
    entries = [ClaimType(1, "one", "One", "One?"), ClaimType(*twin, "Two", "Two?")]
    with pytest.raises(ValueError, match="share their name or order"):
        _sort_types(entries)


def test_every_unit_of_a_type_is_declared_once():
    assert len({unit.name for unit in UNITS}) == len(UNITS)
    for entry in CLAIM_TYPES:
        for unit in filter(None, (entry.unit, entry.read_unit, *entry.other_units)):
            assert find_unit(unit) is not None, f"{entry.name}: {unit}"
    assert (name_unit("elo"), name_unit("tokens_per_s")) == ("Elo points", "tokens per s")


@pytest.mark.parametrize(
    ("label", "name", "metric"),
    [
        ("max_position_embeddings", "context_length", None),
        ("Max output", "output_length", None),
        ("# Total Params", "params_total", None),
        ("Activated Params", "params_active", None),
        ("n_routed_experts", "experts", "total"),
        ("num_experts_per_tok", "experts", "active per token"),
        ("Prompt price", "price", "input"),
        ("Data Freshness", "knowledge_cutoff", None),
        ("Training Time (GPU hours)", "training_compute", "GPU hours"),
    ],
)
def test_labels_stand_for_one_type(label, name, metric):
    found = find_label(label)
    assert found is not None
    assert (found.claim_type, found.metric) == (name, metric)


def test_an_unknown_type_is_told_with_the_nearest():
    with pytest.raises(KeyError, match="did you mean context_length"):
        find_claim_type("context_lenght")


def read_blocks() -> dict[str, str]:
    """The code blocks of the page, by language."""
    found = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    assert len({language for language, _ in found}) == len(found)
    return dict(found)


def test_the_page_on_adding_a_type_is_true(tmp_path):
    """Its entry is put into a copy of `kb`; the copy then reads its card and checks its record."""
    blocks = read_blocks()
    shutil.copytree(
        Path(kb.__file__).parent, tmp_path / "kb", ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "kb/domain/claim_types/entries/energy.py").write_text(blocks["python"])
    (tmp_path / "card.md").write_text(blocks["markdown"])
    (tmp_path / "toyla.yaml").write_text(blocks["yaml"])
    done = subprocess.run(
        [sys.executable, "-c", READ_AND_CHECK, "card.md", "toyla.yaml"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Toyla 7B|training_energy|2638.0|mwh|2,638 MWh",
        "Toyla 70B|training_energy|9120.0|mwh|9120 MWh",
        "2638.0|[]",
    ]
