"""All probes: found by name, whole, planned as before, and scored again from what is on record."""

import pytest

from kb.domain.claim_types import CLAIM_TYPES
from kb.domain.errors import UserError
from kb.domain.ids import make_content_id
from kb.stages.load_runs import read_runs
from tests.conftest import PROJECT
from verifiers.probing.claim_under_test import ClaimUnderTest
from verifiers.probing.probe import Effort
from verifiers.probing.registry import find_probe, is_scored, list_probe_names, list_probes
from verifiers.replaying.runs import replay_run
from verifiers.sequential.ladder import Mode

RUNS = read_runs(PROJECT / "records" / "runs")
NAMES = list_probe_names()
FIRST_FOUR = ("config_facts", "accepted_window", "context_ladder", "memory_fit")
LARGE = ClaimUnderTest("context_length", 8192.0, "tokens")

# Made in November 2026, before a probe was an object.
PLAN_IDS = {
    ("config_facts", "context_length", "quick"): "pln_d52bda09cbffd82a",
    ("config_facts", "context_length", "full"): "pln_d52bda09cbffd82a",
    ("config_facts", "params_total", "quick"): "pln_6581f81a4e142dc4",
    ("config_facts", "params_total", "full"): "pln_6581f81a4e142dc4",
    ("config_facts", "params_active", "quick"): "pln_ff6621d1ce75507d",
    ("config_facts", "params_active", "full"): "pln_ff6621d1ce75507d",
    ("accepted_window", "context_length", "quick"): "pln_90ac8739db4ed8ea",
    ("accepted_window", "context_length", "full"): "pln_56c569847e43411d",
    ("context_ladder", "context_length", "quick"): "pln_fce32d6c396c1e91",
    ("context_ladder", "context_length", "full"): "pln_9075d02b8a6babfb",
    ("memory_fit", "hardware_fit", "quick"): "pln_23e75d119d148f82",
    ("memory_fit", "hardware_fit", "full"): "pln_23e75d119d148f82",
}


def test_an_unknown_name_is_refused_and_the_known_ones_are_named():
    with pytest.raises(UserError, match=r"no probe 'first_look'; there are .*context_ladder"):
        find_probe("first_look")
    assert not is_scored("first_look")
    assert not is_scored(None)


def list_first_four(probes):
    """The names of the first four probes there were, in order; later ones may stand between."""
    return [probe.name for probe in probes if probe.name in FIRST_FOUR]


def test_probes_test_a_claim_in_their_order():
    assert list_first_four(list_probes()) == list(FIRST_FOUR)
    tested = [probe for probe in list_probes() if probe.can_test(LARGE)]
    assert list_first_four(tested) == ["config_facts", "accepted_window", "context_ladder"]
    small = ClaimUnderTest("context_length", 511.0, "tokens")
    tested = [probe for probe in list_probes() if probe.can_test(small)]
    assert list_first_four(tested) == ["config_facts"]


@pytest.mark.parametrize("name", NAMES)
def test_a_probe_is_whole(name):
    """What the runner, a replay and the pages ask of a probe is there."""
    probe = find_probe(name)
    assert probe.name == name
    assert probe.label and probe.about
    known = {claim_type.name for claim_type in CLAIM_TYPES}
    assert set(probe.claim_types) <= known, "a claim type that is not in the catalogue"
    assert probe.claim_types, "a probe that tests nothing"
    for claim_type in probe.claim_types:
        claim = ClaimUnderTest(claim_type, 8192.0)
        assert probe.can_test(claim)
        parameters = probe.make_parameters(claim, Effort())
        assert probe.describe_plan(parameters, 3).endswith(".")
    is_own = type(probe).make_results is not type(probe).__mro__[1].make_results
    assert is_own == (probe.scorer is not None), "a scorer needs make_results, and the reverse"


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.rows["plan"][0]["probe"])
def test_runs_on_record_are_scored_again_by_their_probe(run):
    replay = replay_run(run)
    assert replay.differences == ()
    assert replay.answers == len(run.rows["trial"])
    probe = find_probe(run.rows["plan"][0]["probe"])
    unscored = [row for row in run.rows["measurement"] if row["metric"] in probe.unscored_metrics]
    assert replay.results == len(run.rows["measurement"]) - len(unscored)


@pytest.mark.parametrize("run", RUNS, ids=lambda run: run.rows["plan"][0]["probe"])
def test_a_plan_made_today_has_the_id_that_is_on_record(run):
    (plan,) = run.rows["plan"]
    claim = next(row for row in run.rows["claim"] if row["id"] == plan["claim_id"])
    recorded, probe = plan["parameters"], find_probe(plan["probe"])
    effort = Effort(recorded.get("profile", "full"))
    if "alpha" in recorded:
        effort = Effort(
            recorded["profile"], Mode(recorded["mode"]), recorded["alpha"],
            recorded["budget_tokens"],
        )  # fmt: skip
    under_test = ClaimUnderTest(claim["claim_type"], claim["claimed_value"], claim["unit"])
    parameters = probe.make_parameters(under_test, effort)
    parts = (plan["claim_id"], plan["release_id"], probe.name, probe.version, parameters, 20250405)
    assert make_content_id("pln", *parts) == plan["id"]


def test_plans_of_all_probes_are_what_they_were():
    ids = {
        (probe.name, claim_type, profile): make_content_id(
            "pln", "clm_1", "rel_1", probe.name, probe.version,
            probe.make_parameters(ClaimUnderTest(claim_type, 32_768.0), Effort(profile)), 20250405,
        )
        for probe in list_probes()
        for claim_type in probe.claim_types
        for profile in ("quick", "full")
    }  # fmt: skip
    assert ids.items() >= PLAN_IDS.items()
