"""What a board alone may and may not show about a variant: pure cases."""

from dataclasses import replace
from datetime import date

import pytest

from kb.domain.drafts import Availability, Conditions
from kb.domain.outcomes import Basis, Outcome
from kb.rules import Case, ClaimFact, Evidence, ReleaseFact, Subject, judge_case
from kb.rules.board_ratings import find_nearest, make_gap

RELEASE = ReleaseFact("toys/Toy-2", date(2025, 4, 5))
PLAIN = Subject("t/toy-2", "Toy 2", "Toys", Availability.RELEASED, releases=(RELEASE,))
TRIAL = Subject("t/toy-2-x", "Toy-2-03-26-Experimental", "Toys", Availability.UNKNOWN, PLAIN.id)
BOARD = Conditions(board="LMArena")


def rate(number, model, value, half=10, day="2025-04-11", **more):
    return Evidence(
        f"mea_{number}", model, Basis.REPORTED_BY_OTHERS, "elo", value, value - half, value + half,
        n=1000, n_unit="votes", conditions=BOARD, reported_by="LMArena", as_of=day, **more,
    )  # fmt: skip


def judge(*evidence, value=1400.0, kind="elo", said_on=None, subject=PLAIN, board=BOARD):
    claim = ClaimFact("clm", kind, "as said", "Toys", claimed_value=value, conditions=board,
                      said_on=said_on)  # fmt: skip
    kin = tuple({each.model.id: each.model for each in evidence}.values())
    return judge_case(Case(claim, subject, kin, evidence))[1]


def test_rated_apart_experimental_and_nowhere_to_be_had():
    finding = judge(rate(1, TRIAL, 1400), rate(2, PLAIN, 1300))
    assert finding.outcome is Outcome.WRONG_ARTEFACT
    assert "no release is on record" in finding.explanation
    assert "never released" not in finding.explanation
    assert finding.numbers["gap"] == 100
    assert finding.numbers["gap_low"] == pytest.approx(100 - 200**0.5)


@pytest.mark.parametrize(
    ("variant", "plain", "half", "why"),
    [
        (replace(TRIAL, releases=(RELEASE,)), PLAIN, 10, "a release of it is on record"),
        (replace(TRIAL, availability=Availability.RELEASED), PLAIN, 10, "a source shows it"),
        (replace(TRIAL, name="Toy-2-03-26"), PLAIN, 10, "a date alone may be a later version"),
        (TRIAL, replace(PLAIN, releases=()), 10, "no release of the plain one either"),
        (TRIAL, replace(PLAIN, availability=Availability.UNKNOWN), 10, "nor is it released"),
        (TRIAL, PLAIN, 60, "the board does not tell them apart"),
    ],
)
def test_nobody_is_accused_in_doubt(variant, plain, half, why):
    found = judge(rate(1, variant, 1400, half), rate(2, plain, 1300, half), subject=plain)
    assert found.outcome is not Outcome.WRONG_ARTEFACT, why
    same = judge(rate(1, variant, 1400, half), rate(2, plain, 1300, half), kind="variant",
                 subject=plain)  # fmt: skip
    assert same.outcome is not Outcome.REFUTED, why


def test_another_variant_with_weights_does_not_speak_for_the_model():
    later = replace(TRIAL, name="Toy-2-03-26", availability=Availability.RELEASED)
    found = judge(rate(1, later, 1400, day="2025-09-01"), rate(2, PLAIN, 1300))
    assert found.outcome is Outcome.OVERSTATED
    assert "1,300" in found.explanation


def test_ratings_without_an_interval_tell_nobody_apart():
    trial = replace(rate(1, TRIAL, 1400), low=None, high=None)
    assert judge(trial, rate(2, PLAIN, 1300)).outcome is Outcome.INCONCLUSIVE


def test_the_snapshot_nearest_to_the_claim_decides_and_the_newest_is_told():
    series = [rate(1, PLAIN, 1400, day="2025-04-06"), rate(2, PLAIN, 1300, day="2026-01-01")]
    near = judge(*series, value=1380.0, said_on="2025-04-07")
    assert near.outcome is Outcome.SUPPORTED
    assert "Newest rating of the released weights: 1,300 [1,290, 1,310] (2026-01-01)" in (
        near.explanation
    )
    assert [each.id for each in near.evidence] == ["mea_1", "mea_2"]
    assert judge(*series, value=1380.0).outcome is Outcome.OVERSTATED


def test_other_boards_do_not_count():
    style = Conditions(board="LMArena, text, style control")
    elsewhere = replace(rate(1, PLAIN, 1500), conditions=style)
    assert judge(elsewhere, rate(2, PLAIN, 1300), board=Conditions()).outcome is Outcome.OVERSTATED
    assert judge(elsewhere, value=1490.0, board=BOARD).outcome is Outcome.UNTESTED


def test_votes_and_private_variants_are_told_where_known():
    told = replace(
        rate(3, PLAIN, 27), metric="private_variants", low=None, high=None, as_of="2025-04-29"
    )
    finding = judge(rate(1, TRIAL, 1400), rate(2, PLAIN, 1300), told)
    assert finding.numbers["private_variants"] == 27
    assert finding.numbers["rated_votes"] == 1000
    assert "rests on 1,000 votes" in finding.explanation


def test_gaps_and_nearest():
    one, other = rate(1, TRIAL, 1417), replace(rate(2, PLAIN, 1273), low=None)
    assert make_gap(one, other).low is None
    assert make_gap(one, other).win_rate == pytest.approx(0.304, abs=1e-3)
    assert make_gap(one, replace(other, value=None)) is None
    assert find_nearest([], "2025") is None
    assert find_nearest([one, replace(other, as_of=None)], "2025-04").id == "mea_1"
