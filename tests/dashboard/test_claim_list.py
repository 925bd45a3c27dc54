"""Filters keep what was asked for, and numbers and words read as a reader expects."""

import pytest

from dashboard.claim_list import Filters, filter_claims, make_claims_table
from dashboard.outcome_marks import MARKS, find_mark
from dashboard.published import Edition, read_claims
from dashboard.words import (
    name_metric,
    word_claim,
    write_day,
    write_interval,
    write_number,
    write_quantity,
)
from kb.domain.outcomes import Outcome


def test_filters_are_combined(edition: Edition) -> None:
    claims = read_claims(edition)
    assert filter_claims(claims, Filters()) == claims
    overstated = filter_claims(claims, Filters(outcome=["Overstated"]))
    assert {row["outcome"] for row in overstated} == {"overstated"}
    scout = filter_claims(claims, Filters(outcome=["Overstated"], model=["Llama 4 Scout"]))
    assert [row["seed"] for row in scout] == ["S01"]
    assert filter_claims(claims, Filters(text="SCOUT 10 million")) == scout
    assert not filter_claims(claims, Filters(text="no such words", vendor=["Meta"]))
    assert filter_claims(claims, Filters(type=["Elo rating"], vendor=["Meta"]))


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
