"""Precision follows from decisions, and lets a rule accept for as long as it holds."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from kb.domain.intervals import make_exact_interval
from kb.domain.review.precision import Precision, ReadingKind, count_precisions
from kb.domain.review.statements import Statement
from kb.domain.review.states import Reading, ReviewBook, ReviewState

KIND = ReadingKind("reader/1", "context_length", "model_card")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class Row:
    """A decision as the base holds it."""

    id: str
    key: str
    decision: str = "accepted"
    author: str = "Ada"
    scope: str = "one"
    words_key: str = "wds"
    details: str = "{}"
    mended_key: str | None = None
    mended_details: str | None = None
    mended_id: str | None = None
    extractor: str = KIND.extractor
    kind: str = KIND.kind
    source_kind: str = KIND.source_kind
    decided_at: datetime = NOW
    supersedes_id: str | None = None


def make_reading(number, extractor="reader/1"):
    said = Statement("toys/toy", "context_length", None, float(number), "tokens", "{}")
    return Reading(f"sgt_{number}", f"wds_{number}", said, extractor, "model_card")


def decide(numbers, **values):
    keys = [make_reading(number).key for number in numbers]
    return [Row(f"rvd_{values.get('author', '')}_{key}", key, **values) for key in keys]


READINGS = [make_reading(number) for number in range(400)]


def test_exact_intervals_hold_what_they_promise():
    from scipy.stats import binom

    for right, n in ((300, 300), (299, 300), (470, 473), (5, 9), (0, 4)):
        found = make_exact_interval(right, n, 0.9)
        if right:
            assert binom.sf(right - 1, n, found.low) == pytest.approx(0.05)
        if right < n:
            assert binom.cdf(right, n, found.high) == pytest.approx(0.05)
    assert (found.low, make_exact_interval(300, 300, 0.9).high) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("right", "n", "is_earned"),
    [(300, 300, True), (299, 299, False), (299, 300, False), (472, 473, True), (471, 473, False)],
)
def test_the_bar(right, n, is_earned):
    assert Precision(n, right).is_earned is is_earned


def test_only_what_was_looked_at_one_by_one_counts_and_mended_is_wrong():
    rows = [
        *decide(range(10)),
        *decide(range(10, 12), decision="rejected"),
        *decide(range(12, 13), decision="mended", mended_key="k", mended_id="clm_1"),
        *decide(range(20, 60), scope="table"),
        *decide(range(60, 90), author="rule:precision/1"),
    ]
    assert ReviewBook(rows, READINGS).precisions == {KIND: Precision(13, 10)}


def test_a_rule_s_decisions_hold_only_while_its_kind_is_above_the_bar():
    people, rule = decide(range(300)), decide(range(300, 302), author="rule:precision/1")
    waiting = make_reading(300)
    assert ReviewBook([*people, *rule], READINGS).get_review(waiting).state is ReviewState.ACCEPTED
    worse = [*people, *rule, *decide(range(302, 303), decision="rejected")]
    assert ReviewBook(worse, READINGS).get_review(waiting).state is ReviewState.UNREVIEWED
    assert ReviewBook(rule, READINGS).get_review(waiting).state is ReviewState.UNREVIEWED


def test_a_person_outranks_the_rule_and_taking_it_back_leaves_the_rule():
    rule = decide([300], author="rule:precision/1")
    person = decide([300], decision="rejected")
    known = [*decide(range(300)), *decide(range(310, 400)), *decide(range(301, 309)), *rule]
    reading = make_reading(300)
    assert ReviewBook([*known, *person], READINGS).get_review(reading).state == "rejected"
    back = Row("rvd_back", reading.key, "withdrawn", supersedes_id=person[0].id)
    assert ReviewBook([*known, *person, back], READINGS).get_review(reading).state == "accepted"


def test_what_a_later_reader_reads_alike_counts_for_it_too():
    later = [make_reading(number, "reader/2") for number in range(30)]
    found = ReviewBook(decide(range(40)), later).precisions
    assert found == {
        KIND: Precision(40, 40),
        ReadingKind("reader/2", *vars_of(KIND)): Precision(30, 30),
    }


def vars_of(kind):
    return kind.kind, kind.source_kind


def test_one_reading_counts_once():
    assert count_precisions([(KIND, "k", "accepted")] * 5) == {KIND: Precision(1, 1)}
