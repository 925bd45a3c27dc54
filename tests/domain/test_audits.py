"""Shares and agreement of audits, against figures worked out by hand."""

import pytest

from kb.domain.audits import (
    AuditOutcome,
    FactPart,
    Judged,
    compare_readers,
    compute_kappa,
    make_overall_share,
    make_share,
)

RIGHT, WRONG = AuditOutcome.RIGHT, AuditOutcome.WRONG
ABSENT, UNCHECKED = AuditOutcome.NOT_IN_SOURCE, AuditOutcome.COULD_NOT_CHECK


def test_the_share_of_the_first_audit_and_its_interval():
    counts = {RIGHT: 34, WRONG: 2, ABSENT: 13, UNCHECKED: 1}
    share = make_share("a", [Judged("a", None, kind, facts=n) for kind, n in counts.items()])
    assert (share.right, share.facts) == (34, 50)
    # Wilson 1927 for 34 of 50
    assert share.interval.low == pytest.approx(0.5422, abs=5e-4)
    assert share.interval.high == pytest.approx(0.7923, abs=5e-4)


def test_cohens_kappa_of_a_textbook_table():
    pairs = [(RIGHT, RIGHT)] * 20 + [(RIGHT, WRONG)] * 5 + [(WRONG, RIGHT)] * 10
    pairs += [(WRONG, WRONG)] * 15
    assert compute_kappa(pairs) == pytest.approx(0.4)


def test_kappa_is_not_defined_where_chance_explains_all():
    assert compute_kappa([(RIGHT, RIGHT)] * 50) is None
    assert compute_kappa([]) is None


def test_all_readers_together_are_as_severe_as_the_severest_and_no_larger_sample():
    judged = [Judged("a", f"f{n}", RIGHT) for n in range(10)]
    judged += [Judged("b", f"f{n}", RIGHT) for n in range(8)]
    judged += [Judged("b", "f8", WRONG, (FactPart.SPEAKER,)), Judged("b", "f9", UNCHECKED)]
    share = make_overall_share(judged)
    assert (share.facts, share.right, share.wrong_speakers) == (10, 8, 1)
    (agreement,) = compare_readers(judged)
    assert (agreement.facts, agreement.same) == (10, 8)
    assert agreement.kappa == pytest.approx(0)


def test_readers_who_share_no_fact_are_not_compared():
    assert compare_readers([Judged("a", "f1", RIGHT), Judged("b", "f2", RIGHT)]) == []
