"""Exports: valid by other people's validators, the same bytes twice, and hostile text harmless."""

import csv
import hashlib
import json
import shutil

import pytest
import yaml

from kb.cli.commands.take.export import write_export
from kb.domain.errors import UserError
from kb.exports.edition_reader import open_edition
from kb.exports.export_kinds import FolderFormat
from kb.exports.registry import find_formats
from tests.dashboard.sample_edition import HOSTILE_CLAIM, SMOL, SMOL_CLAIM, make_edition
from tests.processes import run_kb


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A published edition with a measured model and a hostile claim."""
    return make_edition(tmp_path_factory.mktemp("edition"))


@pytest.fixture(scope="module")
def written(file, tmp_path_factory):
    """Every format, written once."""
    folder = tmp_path_factory.mktemp("exports")
    write_all(file, folder)
    return folder


def write_all(file, folder):
    with open_edition(file) as edition:
        for made in find_formats().values():
            name = made.folder_name if isinstance(made, FolderFormat) else made.file_name
            write_export(made, edition, folder / name)


def digest_all(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_twice_is_the_same_to_the_byte(file, written, tmp_path):
    write_all(file, tmp_path)
    digests = digest_all(written)
    assert digest_all(tmp_path) == digests
    assert len(digests) > 20


def test_json_lines_and_csv_hold_every_claim(file, written):
    lines = [json.loads(line) for line in (written / "claims.jsonl").read_text().splitlines()]
    with (written / "claims.csv").open(newline="") as data:
        rows = list(csv.DictReader(data))
    assert [row["claim_id"] for row in rows] == [line["claim_id"] for line in lines]
    with open_edition(file) as edition:
        assert len(lines) == next(edition.read("select count(*) as n from claims_vs_reality"))["n"]
    hostile = next(row for row in rows if row["claim_id"] == HOSTILE_CLAIM)
    assert hostile["claimed_text"].startswith("'=cmd")
    assert not any(value[:1] in ("=", "+", "@") for row in rows for value in row.values())


def test_data_package_is_valid_by_frictionless(written):
    from frictionless import Package

    report = Package(str(written / "datapackage" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "message"])
    assert len(report.tasks) >= 17


def test_croissant_is_valid_by_mlcroissant(file, written, tmp_path):
    import mlcroissant

    folder = tmp_path / "published"
    folder.mkdir()
    shutil.copytree(file.resolve().parent / "parquet", folder / "parquet")
    (folder / "croissant.json").write_bytes((written / "croissant.json").read_bytes())
    dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
    assert dataset.metadata.ctx.issues.errors == set()
    models = {row["model/id"] for row in dataset.records("model")}
    assert SMOL.encode() in models or SMOL in models
    measured = {str(row["measurement/id"]) for row in dataset.records("measurement")}
    assert sum("mea_" in node_id for node_id in measured) == len(measured) > 150


def test_provenance_is_read_by_prov_and_leads_back_to_the_bytes(written):
    from prov.model import ProvDerivation, ProvDocument

    document = ProvDocument.deserialize(written / "provenance.json")
    parents = {}
    for derivation in document.get_records(ProvDerivation):
        made, used = (str(value) for _, value in derivation.attributes[:2])
        parents.setdefault(made, set()).add(used)
    reached, left = set(), {f"ac:{SMOL_CLAIM}"}
    while left:
        here = left.pop()
        reached.add(here)
        left |= parents.get(here, set()) - reached
    assert "ac:snp_smolcard" in reached


def test_claim_review_names_claim_verdict_and_who_said_it(written):
    graph = json.loads((written / "claimreview.jsonld").read_text())["@graph"]
    review = next(node for node in graph if SMOL_CLAIM in node["url"])
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"]["alternateName"] == "Overstated"
    assert review["reviewRating"]["ratingValue"] == 2
    assert review["itemReviewed"]["author"]["name"] == "HuggingFaceTB"
    assert review["itemReviewed"]["firstAppearance"]["url"].startswith("https://")
    assert all(review["datePublished"].endswith("Z") for review in graph)
    assert not any(review["reviewRating"]["alternateName"] == "untested" for review in graph)


def test_eval_results_are_what_the_hub_reads(written):
    from huggingface_hub import EvalResultEntry, eval_result_entries_to_yaml

    paths = sorted((written / ".eval_results").glob("*.yaml"))
    assert any(path.stem == SMOL.replace("/", "--") for path in paths)
    for entry in (row for path in paths for row in yaml.safe_load(path.read_text())):
        made = EvalResultEntry(
            dataset_id=entry["dataset"]["id"], task_id=entry["dataset"]["task_id"],
            value=entry["value"], date=entry["date"], source_url=entry["source"]["url"],
            source_name=entry["source"]["name"], notes=entry["notes"],
        )  # fmt: skip
        assert eval_result_entries_to_yaml([made]) == [entry]
        assert "interval" in entry["notes"]


def test_every_eval_ever_has_scores_with_intervals(written):
    """Its own validator wants a newer Python; where it is installed, it is asked."""
    paths = sorted((written / "every_eval_ever").rglob("*.json"))
    logs = [json.loads(path.read_text()) for path in paths]
    assert len(logs) >= 2
    for log in logs:
        assert log["schema_version"] == "0.3.0"
        details = [result["score_details"] for result in log["evaluation_results"]]
        assert all("confidence_interval" in detail["uncertainty"] for detail in details)
    eee = pytest.importorskip("every_eval_ever.eval_types")
    for log in logs:
        eee.EvaluationLog.model_validate(log)


def test_the_command_writes_and_refuses(file, tmp_path, monkeypatch):
    class Home:
        home = file.parent

    done = run_kb(Home, "export", "--format", "jsonl", "--to", "-")
    assert SMOL_CLAIM in done.stdout
    done = run_kb(Home, "export", "--format", "docx")
    assert done.returncode == 1
    assert "choose from claimreview, croissant" in done.stderr
    with pytest.raises(UserError, match="kb publish"), open_edition(tmp_path / "none.duckdb"):
        pass
    (tmp_path / "datapackage").mkdir()
    package = find_formats()["datapackage"]
    with open_edition(file) as edition, pytest.raises(UserError, match="exists already"):
        write_export(package, edition, tmp_path / "datapackage")
