"""Filters keep what was asked for, and numbers and words read as a reader expects."""

from collections import Counter

import pytest

from dashboard.parts.claim_list import make_claims_table
from dashboard.reads.claim_search import Filters, count_claims, list_options, read_matching
from dashboard.reads.overview import read_gaps, read_overview, read_widest
from dashboard.reads.published import Edition
from dashboard.wording.outcome_marks import MARKS, find_mark
from dashboard.wording.words import (
    name_metric,
    name_type,
    word_claim,
    write_day,
    write_interval,
    write_number,
    write_quantity,
    write_result,
)
from kb.domain.outcomes import Outcome
from tests.dashboard.sample_edition import SMOL_CLAIM, read_claims


def test_filters_are_combined(edition: Edition) -> None:
    claims = read_claims(edition)
    assert read_matching(edition, Filters()) == claims
    overstated = read_matching(edition, Filters(outcome=["Overstated"]))
    assert {row["outcome"] for row in overstated} == {"overstated"}
    smol = read_matching(edition, Filters(outcome=["Overstated"], model=["SmolLM2-135M-Instruct"]))
    assert [row["claim_id"] for row in smol] == [SMOL_CLAIM]
    assert read_matching(edition, Filters(text="SMOLLM2 8,192 tokens FALLS")) == smol
    assert not read_matching(edition, Filters(text="no such words", vendor=["Meta"]))
    assert read_matching(edition, Filters(type=["Elo rating"], vendor=["Meta"]))


@pytest.mark.parametrize("text", ["scout", "elo rating", "mmlu", "untested", "S01", "' or 1=1 --",
                                  "100%", "_", "\\", "<script>"])  # fmt: skip
def test_exact_search_finds_what_a_look_at_every_claim_finds(edition: Edition, text: str) -> None:
    def is_wanted(row: dict) -> bool:
        names = ("claimed_text", "model", "subject_text", "vendor", "said_by", "explanation")
        fields = [str(row[name] or "") for name in (*names, "seed")]
        told = [*fields, name_type(row["claim_type"]), name_metric(row["metric"])]
        return all(word in " ".join(told).lower() for word in text.lower().split())

    wanted = [row["claim_id"] for row in read_claims(edition) if is_wanted(row)]
    assert [row["claim_id"] for row in read_matching(edition, Filters(text=text))] == wanted
    assert count_claims(edition, Filters(text=text)) == len(wanted)


def test_pages_of_a_search_make_the_whole(edition: Edition) -> None:
    claims = read_claims(edition)
    pages = [read_matching(edition, Filters(), 7, skip) for skip in range(0, len(claims), 7)]
    assert [row for page in pages for row in page] == claims
    assert count_claims(edition, Filters()) == len(claims)


def test_options_are_what_is_there(edition: Edition) -> None:
    claims = read_claims(edition)
    assert set(list_options(edition, "type")) == {name_type(row["claim_type"]) for row in claims}
    words = [mark.word for mark in MARKS]
    assert [word for word in words if word in list_options(edition, "outcome")] == list_options(
        edition, "outcome"
    )
    for option in list_options(edition, "outcome"):
        assert count_claims(edition, Filters(outcome=[option]))


def test_the_front_page_counts_what_is_there(edition: Edition) -> None:
    everything = read_claims(edition)
    claims = [row for row in everything if row["said_as"] != "question"]
    assert len(claims) < len(everything)  # what we ask ourselves is counted nowhere
    overview = read_overview(edition)
    made = [row for row in claims if row["said_as"] != "release"]
    pairs = Counter((row["maker"], row["outcome"] or "untested") for row in made)
    assert overview.cells == pairs
    assert overview.vendors == {row["vendor"] for row in everything}
    assert overview.claims == len(claims)
    assert overview.outcomes == Counter(row["outcome"] or "untested" for row in claims)
    assert overview.models == len({row["model_id"] for row in claims})
    assert overview.measured_here == sum(row["is_measured_here"] for row in claims) >= 1
    wide = [row for row in claims if row["log10_claimed_over_found"] is not None]
    assert overview.gaps == len(wide)
    wide.sort(key=lambda row: -abs(row["log10_claimed_over_found"]))
    assert [row["seed"] for row in read_gaps(edition, 3)] == [row["seed"] for row in wide[:3]]
    assert read_widest(edition, 1)[0]["claim_id"] == SMOL_CLAIM
    fell = {row["outcome"] for row in read_widest(edition, 99)}
    assert fell <= {"overstated", "refuted", "wrong_artefact"}


def test_the_table_links_each_claim_to_its_page(edition: Edition) -> None:
    claims = read_claims(edition)
    table = make_claims_table(claims)
    assert all(f'href="./claim?id={row["claim_id"]}"' in table for row in claims)
    assert "<script>" not in table


def test_every_outcome_has_its_own_look() -> None:
    assert {mark.outcome for mark in MARKS} == set(Outcome)
    for look in ("symbol", "colour", "point", "word"):
        assert len({getattr(mark, look) for mark in MARKS}) == len(MARKS)
    assert find_mark(None).outcome is Outcome.UNTESTED


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (10_000_000, "10 million"),
        (1_048_576, "1,048,576"),
        (109e9, "109 billion"),
        (1273, "1,273"),
        (0.25, "0.25"),
        (None, "unknown"),
    ],
)
def test_numbers_read_as_in_a_newspaper(value: float | None, words: str) -> None:
    assert write_number(value) == words


def test_quantities_intervals_and_names() -> None:
    assert write_quantity(0.708, "proportion") == "70.8%"
    assert write_quantity(75.16, "percent") == "75.16%"
    assert write_quantity(8192, "tokens") == "8,192 tokens"
    assert write_interval(0.5, 0.75, "proportion") == "50% to 75%"
    assert write_interval(None, 3, "tokens") == write_interval(3, 3, "tokens") == ""
    assert name_metric("license_term.user_limit") == "Licence term: user limit"
    assert write_day("2026-11-21T23:30:00+00:00") == "21 November 2026"
    claim = {"claimed_value": 1417, "metric": None, "claim_type": "elo", "claimed_text": "1417"}
    assert word_claim(claim) == "Elo rating 1417"


def test_an_effective_context_of_zero_is_told_as_what_it_is() -> None:
    failed = {"metric": "effective_context", "value": 0.0, "unit": "tokens"}
    assert write_result(failed) == "less than the shortest length tested"
    assert write_result(failed | {"value": 512.0}) == "512 tokens"
    assert write_result(failed | {"metric": "battle_gap", "unit": "elo"}) == "0 Elo points"
