"""What vendors and models are credited with: counts with an interval, promises with their day."""

from typing import Any

import pytest

from dashboard.pages.claims.promises import DECIDED, KEPT, LATE, OPEN, find_state, group_promises
from dashboard.pages.models.compare import tell_found
from dashboard.parts.track_record import make_record_facts, make_track_record, write_share
from dashboard.reads.claims import read_claim, read_promises
from dashboard.reads.published import Edition
from tests.dashboard.sample_edition import read_claims


def _make_claims(**counts: int) -> list[dict[str, Any]]:
    return [{"outcome": outcome} for outcome, count in counts.items() for _ in range(count)]


def test_a_share_has_its_interval_and_n() -> None:
    record = make_track_record(
        _make_claims(
            supported=10, overstated=2, refuted=4, wrong_artefact=2, untested=17, pending=2
        )
    )
    assert (record.held, record.fell, record.unsettled) == (10, 8, 19)
    assert (
        write_share(record) == "56% (95% interval 34% to 75%, n = 18)"
    )  # Wilson by hand: 0.337, 0.754
    assert "18" in make_record_facts(record)


def test_nothing_settled_is_no_share() -> None:
    assert write_share(make_track_record(_make_claims(untested=3, inconclusive=1))) == (
        "none settled yet"
    )
    assert write_share(make_track_record([])) == "none settled yet"


@pytest.mark.parametrize(
    ("outcome", "day", "state"),
    [
        ("supported", "2025-01-01", KEPT),
        ("pending", "2025-01-01", LATE),
        ("pending", "2027-01-01", OPEN),
        ("pending", None, OPEN),
        ("not_testable", None, DECIDED),
        (None, "2026-11-21", OPEN),
    ],
)
def test_a_promise_is_kept_late_or_open(outcome: str | None, day: str | None, state: str) -> None:
    promise = {"outcome": outcome, "conditions": {"promised": True, "promised_for": day}}
    assert find_state(promise, "2026-11-21") == state


def test_promises_on_record_are_open_until_they_are_seen_kept(edition: Edition) -> None:
    promised = read_promises(edition)
    by_hand = [row for row in read_claims(edition) if (row["conditions"] or {}).get("promised")]
    assert promised == by_hand
    groups = group_promises(promised, "2026-11-21")
    assert {row["seed"] for row in groups[OPEN]} == {"S19"}
    assert sum(len(rows) for rows in groups.values()) == len(promised)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("S01", "Found: 900,000 tokens (Meta)"),
        ("S09", "Found: 1,273 Elo points (1,261 to 1,283, n = 2,662, LMArena)"),
        ("S16", "Asked by us; nobody on record claims it. The model rated 1,4"),
        ("S23", "Found: nothing yet"),
    ],
)
def test_what_was_found_is_a_figure_only_beside_one(edition: Edition, key: str, words: str) -> None:
    claim = read_claim(edition, key)
    assert claim is not None
    assert tell_found(claim).startswith(words)
