"""What probes say of themselves reaches the published file, and no plan can keep it from there."""

from types import SimpleNamespace

import pytest

from kb.domain.described_probes import find_described_probes
from kb.exports.derived.plan_descriptions import make_plan_descriptions
from kb.exports.derived.probes import make_probes

PROBES = find_described_probes()


def make_plan(probe="memory_fit", version=1, parameters=None):
    return SimpleNamespace(
        id="pln_1", probe=probe, probe_version=version, parameters=parameters or {}
    )


def describe(plan, trials=()):
    return make_plan_descriptions([plan], trials, PROBES).to_pylist()


def test_probes_join_by_entry_point():
    hint = "the entry point kb.probes is not installed here: run `pip install --no-deps -e .` again"
    assert PROBES, hint
    rows = make_probes(PROBES).to_pylist()
    assert [row["place"] for row in rows] == list(range(1, len(rows) + 1))
    ladder = next(row for row in rows if row["name"] == "context_ladder")
    assert ladder["claim_types"] == "context_length"
    assert "a mean of 85.6%" in ladder["about"]


def test_a_plan_is_described_by_its_probe_with_its_questions():
    (row,) = describe(make_plan(parameters={"windows": [512, 2048]}), ["pln_1", "pln_1", "pln_2"])
    assert row["questions"] == 2
    assert "limits of 512, 2,048 tokens" in row["description"]


@pytest.mark.parametrize(
    "plan",
    [
        make_plan("unheard_of"),
        make_plan(version=99),
        make_plan(parameters={"windows": None}),
        make_plan(parameters={"windows": ["<script>"]}),
        make_plan(parameters={"windows": 5}),
        make_plan("context_ladder", parameters={"lengths": [1], "rules": []}),
    ],
)
def test_a_plan_that_its_probe_cannot_describe_is_published_without_words(plan):
    (row,) = describe(plan)
    assert row["description"] is None
