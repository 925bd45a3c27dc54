"""`kb records write`: what people accepted becomes record files that are valid, once."""

import json

import pytest

from kb.cli.commands.pipeline.load import run_load
from kb.linking.mended_readings import Mending
from kb.stages.load import read_records
from tests.processes import run_kb
from tests.reviewing import decide_on, put, read

CARD = """# Toy 2

Toy 2 has a context window of 128K tokens.

Toy 2 has 7 billion parameters.

Toy 2 was trained on 15 trillion tokens.
"""
URL = "https://github.com/toys/toy-2/blob/0123456789abcdef0123456789abcdef01234567/README.md"


@pytest.fixture
def reviewed(settings):
    put(settings, CARD, url=URL)
    read(settings)
    decide_on(settings, "accepted", find=lambda reading: reading.said.kind == "context_length")
    decide_on(
        settings,
        "mended",
        find=lambda reading: reading.said.kind == "params_total",
        mending=Mending(model="Toy 2 Mini", vendor="Toys"),
    )
    decide_on(settings, "rejected", find=lambda reading: reading.said.kind == "training_tokens")
    return settings


def write(settings, folder):
    done = run_kb(settings, "records", "write", "--to", str(folder), "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_one_file_a_model_and_a_second_run_adds_nothing(reviewed, tmp_path):
    folder = tmp_path / "records"
    folder.mkdir()
    report = write(reviewed, folder)
    assert (report["claims"], report["sightings"], report["left_out"]) == (2, 0, [])
    written = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(written) == ["toys-toy-2-mini.yaml", "toys-toy-2.yaml"]
    found = {
        record.draft.model.name: [(claim.type, claim.claimed) for claim in record.draft.claims]
        for record in read_records(folder)
    }
    assert found == {
        "Toy 2": [("context_length", "128K tokens")],
        "Toy 2 Mini": [("params_total", "7 billion parameters")],
    }
    assert write(reviewed, folder)["files"] == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == written
    run_load(reviewed, folder)


def test_a_claim_that_a_record_has_gets_a_sighting(reviewed, tmp_path):
    folder = tmp_path / "records"
    folder.mkdir()
    write(reviewed, folder)
    path = folder / "toys-toy-2.yaml"
    before = path.read_text().replace("README.md", "OTHER.md")
    path.write_text(before)
    report = write(reviewed, folder)
    assert (report["claims"], report["sightings"]) == (0, 1)
    (claim,) = read_records(path)[0].draft.claims
    assert len(claim.sightings) == 2
