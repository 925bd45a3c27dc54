"""What is generated and committed is what the code makes: JSON Schema, data dictionary."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from kb.exports import duckdb_file
from kb.exports.schema import fingerprint
from kb.exports.schema.dictionary import render_dictionary
from kb.exports.schema.fingerprint import compute_fingerprint
from kb.exports.schema.versions import CURRENT, VERSIONS, render_changes
from kb.records.schema import render_schema
from tests.conftest import PROJECT


def test_schema_is_current():
    committed = (PROJECT / "schema" / "record.schema.json").read_text()
    assert committed == render_schema(), "run `make schema` and commit the result"


def test_data_dictionary_is_current():
    shipped = (PROJECT / "docs" / "data-dictionary.md").read_text()
    assert shipped == render_dictionary(), "run `make dictionary`"
    assert "| |" not in shipped.replace("| column | type | what it is |", "")


def test_a_changed_table_or_view_has_a_new_schema_version():
    assert compute_fingerprint() == CURRENT.fingerprint, (
        "what is published has changed: add a version to kb/exports/schema_versions.py that says "
        "how, with the fingerprint of `python -m kb.exports.schema.fingerprint`"
    )
    assert [version.number for version in VERSIONS] == list(range(1, len(VERSIONS) + 1))
    fingerprints = [version.fingerprint for version in VERSIONS if version.fingerprint]
    assert len(set(fingerprints)) == len(fingerprints)


def test_any_column_type_view_or_folder_changes_the_fingerprint(monkeypatch):
    views = fingerprint.VIEWS
    narrower = replace(views[0], query=views[0].query.replace("v.*", "v.id, v.claim_id"))
    for name, value in (
        ("VIEWS", (narrower, *views[1:])),
        ("VIEWS", views[:-1]),
        ("PARTITIONS", {}),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(fingerprint, name, value)
            assert compute_fingerprint() != CURRENT.fingerprint


def test_names_of_the_version_before_work_or_are_announced():
    """The names of version 4 stand in a file that is kept beside this test."""
    before = set((PROJECT / "tests" / "exports" / "schema_4_names.txt").read_text().split())
    with TemporaryDirectory() as folder:
        duckdb_file.write_published(Path(folder), duckdb_file.collect_tables(lambda _: []), "")
        with duckdb.connect(str(Path(folder) / duckdb_file.FILE_NAME), read_only=True) as file:
            now = fingerprint.list_names(file)
    announced = {name for version in VERSIONS[4:] for name, _ in version.removed}
    assert before - now <= announced
    assert "claims_vs_reality.outcome" in before


def test_schema_changes_are_current():
    shipped = (PROJECT / "docs" / "schema-changes.md").read_text()
    assert shipped == render_changes(), "run `make dictionary`"
