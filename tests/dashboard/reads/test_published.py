"""The published file is read as it is, and a new edition is taken up."""

import threading
from pathlib import Path

import duckdb
import pytest

from dashboard.reads.claims import read_claim, read_history
from dashboard.reads.evidence import read_measurements, read_sightings, read_trials
from dashboard.reads.models import read_model_measurements, read_models, read_releases
from dashboard.reads.published import (
    Edition,
    _read_once,
    find_edition,
    keep_open,
    read_about,
    read_rows,
)
from dashboard.reads.sources import read_snapshots, read_sources
from kb.domain.errors import UserError
from kb.settings import Settings
from kb.store.database import open_session
from tests.dashboard.sample_edition import (
    HOSTILE_CLAIM,
    SMOL,
    SMOL_CLAIM,
    insert_hostile,
    make_edition,
    read_claims,
    republish,
)


def test_nothing_published_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="kb publish"):
        find_edition(tmp_path / "published.duckdb")


def test_claims_are_found_by_id_and_by_seed_number(edition: Edition) -> None:
    by_seed = read_claim(edition, "s01")
    assert by_seed is not None
    assert by_seed["claimed_text"] == "up to 10 million tokens"
    assert read_claim(edition, by_seed["claim_id"]) == by_seed
    assert read_claim(edition, "' or 1=1 --") is None


def test_a_measured_claim_comes_with_all_it_rests_on(edition: Edition) -> None:
    claim = read_claim(edition, SMOL_CLAIM)
    assert claim is not None
    assert (claim["outcome"], claim["is_measured_here"]) == ("overstated", True)
    assert (claim["found_value"], claim["found_high"], claim["found_unit"]) == (
        1024,
        1024,
        "tokens",
    )
    rows = read_measurements(edition, SMOL_CLAIM)
    assert {row["metric"] for row in rows if row["in_verdict"]} == {
        "effective_context", "accepted_context", "declared_context", "ladder_cost",
    }  # fmt: skip
    assert sum(row["metric"] == "length_score" for row in rows) == 5
    ours = next(row for row in rows if row["metric"] == "effective_context")
    assert (ours["engine"], ours["dtype"], ours["probe"]) == (
        "vllm-cpu", "float32", "context_ladder",
    )  # fmt: skip
    assert ours["parameters"]["rules"] == {"absolute": 0.856, "relative": 0.85}
    trials = read_trials(edition, SMOL_CLAIM)
    assert len(trials) == ours["n"] / 13 * 14
    assert trials[0]["expected"] == ["7481"]
    assert len(read_history(edition, SMOL_CLAIM)) == 1


def test_sightings_carry_source_and_snapshot(edition: Edition) -> None:
    (sighting,) = read_sightings(edition, SMOL_CLAIM)
    assert sighting["snapshot_sha256"] == "ab12" * 16
    assert sighting["fetched_at"].tzname() == "UTC"


def test_models_sources_and_releases(edition: Edition) -> None:
    models = {row["id"]: row for row in read_models(edition)}
    assert models[SMOL]["claims"] == 3  # one is known by a recorded run alone
    assert read_releases(edition, SMOL)[0]["facts"]["context_length"] == 8192
    assert any(row["kind"] == "press" for row in read_sources(edition))
    assert read_snapshots(edition)[0]["size_bytes"] == 7342
    assert read_about(edition)["rows"]["claim"] >= len(read_claims(edition))
    rows = read_model_measurements(edition, SMOL)
    assert sum(row["plan_id"] in (None, "pln_smol") for row in rows) == 37


def test_a_new_edition_is_taken_up_and_nothing_is_held(tmp_path: Path) -> None:
    link = make_edition(tmp_path, hostile=False, measured=False)
    before = find_edition(link)
    with keep_open(link):
        claims = len(read_claims(before))
    with duckdb.connect(str(before.path)) as writer:  # would fail if a page held a lock
        writer.execute("select 1")
    settings = Settings(home=tmp_path)
    with open_session(settings.url) as session:
        insert_hostile(session)
    republish(tmp_path)
    after = find_edition(link)
    assert after.path != before.path
    assert len(read_claims(after)) == claims + 1
    assert read_claim(after, HOSTILE_CLAIM) is not None
    assert len(read_claims(before)) == claims


def test_a_plain_file_in_the_links_place_may_be_replaced_while_a_page_is_made(
    tmp_path: Path,
) -> None:
    file = tmp_path / "published.duckdb"
    for number in (1, 2):
        with duckdb.connect(str(tmp_path / f"{number}.duckdb")) as connection:
            connection.execute(f"create table t as select {number} as v")
    (tmp_path / "1.duckdb").replace(file)
    with keep_open(file):
        assert read_rows(find_edition(file), "select v from t") == [{"v": 1}]
        (tmp_path / "2.duckdb").replace(file)
        assert read_rows(find_edition(file), "select v from t") == [{"v": 2}]


def test_what_a_reader_does_to_rows_does_not_stay(edition: Edition) -> None:
    read_claims(edition)[0]["claimed_text"] = "changed"
    assert read_claims(edition)[0]["claimed_text"] != "changed"


def test_many_readers_at_once(edition: Edition) -> None:
    counts: list[int] = []
    _read_once.cache_clear()
    threads = [
        threading.Thread(target=lambda: counts.append(len(read_claims(edition)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(counts) == 8
    assert len(set(counts)) == 1
