"""Whose rating it is, and what a board alone may and may not show about a variant."""

from dataclasses import replace

import pytest

from kb.domain.drafts import Availability, Conditions
from kb.domain.outcomes import Outcome
from kb.rules.case import Case
from kb.rules.ratings.boards import find_nearest, make_gap
from kb.rules.ratings.rating import RULE
from tests.rules.examples import HIDDEN, TOY, Example, check, claim, evidence, judge, outcome, say
from tests.rules.ratings.boards import (
    BOARD,
    NEVER,
    PLAIN,
    RELEASE,
    TRIAL,
    make_case,
    rate,
    without_interval,
)

UNPLACED = replace(TRIAL, name="Toy-2-03-26")
BY = "(reported by LMArena)"
RATED = "1,300 (interval 1,290 to 1,310) on 11 April 2025"
RATED_VARIANT = "1,400 (interval 1,390 to 1,410) on 11 April 2025"
VARIANT = f"That variant was rated {RATED_VARIANT} from 1,000 votes {BY}."
OF_DAY = "1,300 (interval 1,290 to 1,310)"
LOWER = (
    f"On the same day the board rated the released weights {OF_DAY}, 100 points lower (interval "
    "86 to 114), which means"
)
WIN_RATE = "an expected win rate of 36% against that variant"
RATED_LAST = "1,305 (interval 1,295 to 1,315) at rank 9 on 1 January 2026"
NEWEST = (
    f"Latest rating of the released weights on record: {RATED_LAST}; ratings drift as the models "
    "on the board change, so days are not compared."
)


def objected(case):
    return replace(case, claim=replace(case.claim, objected_in=("A Magazine",)))


EXAMPLES = {
    "of a variant that a record says was never released": Example(
        make_case(
            rate(1, NEVER, 1400), rate(2, PLAIN, 1300),
            rate(3, PLAIN, 1305, day="2026-01-01", rank=9),
        ),
        Outcome.WRONG_ARTEFACT,
        "The rating of 1,400 belongs to Toy-2-03-26-Experimental, whose weights were never "
        f"released. {VARIANT} {LOWER} {WIN_RATE}. {NEWEST}",
    ),
    "of a variant, where the document that says it prints an objection": Example(
        objected(make_case(rate(1, NEVER, 1400))), Outcome.WRONG_ARTEFACT,
        "The rating of 1,400 belongs to Toy-2-03-26-Experimental, whose weights were never "
        "released. A Magazine prints an objection itself, in the same document. "
        f"{VARIANT}",
    ),
    "of a variant that the board tells apart": Example(
        make_case(rate(1, TRIAL, 1400), rate(2, PLAIN, 1300)), Outcome.WRONG_ARTEFACT,
        "The rating of 1,400 belongs to Toy-2-03-26-Experimental, of which no release is on record "
        f"and which the leaderboard rates apart from the released model. {VARIANT} {LOWER} "
        f"{WIN_RATE}.",
    ),
    "of a variant, and the board rated both on another day only": Example(
        make_case(
            rate(1, NEVER, 1400, day="2025-04-06"), rate(2, PLAIN, 1300),
            rate(3, NEVER, 1390, half=9),
        ),
        Outcome.WRONG_ARTEFACT,
        "The rating of 1,400 belongs to Toy-2-03-26-Experimental, whose weights were never "
        "released. That variant was rated 1,400 (interval 1,390 to 1,410) on 6 April 2025 from "
        f"1,000 votes {BY}. On 11 April 2025, the nearest day on record when the board "
        "rated both, that variant had 1,390 "
        f"(interval 1,381 to 1,399) and the released weights {OF_DAY}, 90 points lower (interval "
        "77 to 103), which means an expected win rate of 37% against that variant.",
    ),
    "of a variant, and no board rates both on one day": Example(
        make_case(rate(1, NEVER, 1400, day="2025-04-06"), rate(2, PLAIN, 1300)),
        Outcome.WRONG_ARTEFACT,
        "The rating of 1,400 belongs to Toy-2-03-26-Experimental, whose weights were never "
        "released. That variant was rated 1,400 (interval 1,390 to 1,410) on 6 April 2025 from "
        f"1,000 votes {BY}. The released weights were rated {RATED}; no board of one day that "
        "rates both is on record, so no gap is given.",
    ),
    "of a variant, and nobody rates the released weights": Example(
        make_case(replace(rate(1, NEVER, 1400), n=None, as_of=None)), Outcome.WRONG_ARTEFACT,
        "The rating of 1,400 belongs to Toy-2-03-26-Experimental, whose weights were never "
        f"released. That variant was rated 1,400 (interval 1,390 to 1,410) {BY}.",
    ),
    "of a variant that may be released or not": Example(
        make_case(rate(1, UNPLACED, 1400), rate(2, PLAIN, 1300)), Outcome.INCONCLUSIVE,
        "The rating of 1,400 is that of Toy-2-03-26: 1,400 (interval 1,390 to 1,410) on 11 April "
        "2025 "
        f"{BY}. Whether its weights were released is not on record.",
    ),
    "above the released weights'": Example(
        make_case(rate(1, PLAIN, 1300)), Outcome.OVERSTATED,
        f"The claimed 1,400 is above the rating: {RATED} {BY}.",
    ),
    "no higher than the released weights', and a newer one": Example(
        make_case(
            rate(1, PLAIN, 1300), rate(2, PLAIN, 1305, day="2026-01-01", rank=9), value=1280.0,
            said_on="2025-04",
        ),
        Outcome.SUPPORTED,
        f"The claimed 1,280 is no higher than the rating: {RATED} {BY}. {NEWEST}",
    ),
    "the very figure that the board gave": Example(
        make_case(rate(1, PLAIN, 1300), value=1300.0), Outcome.SUPPORTED,
        f"The claimed 1,300 is the rating on the board: {RATED} {BY}.",
    ),
    "of a variant by its own name": Example(
        make_case(rate(1, NEVER, 1400), rate(2, PLAIN, 1300), subject=NEVER), Outcome.SUPPORTED,
        f"The claimed 1,400 is the rating on the board: {RATED_VARIANT} {BY}. It is that of "
        "Toy-2-03-26-Experimental, whose weights were never released.",
    ),
    "within the interval": Example(
        make_case(rate(1, PLAIN, 1300), value=1305.0), Outcome.INCONCLUSIVE,
        f"The claimed 1,305 is inside the interval of the rating: {RATED} {BY}.",
    ),
    "without an interval": Example(
        make_case(without_interval(rate(1, PLAIN, 1300))), Outcome.INCONCLUSIVE,
        "The rating has no interval to compare the claimed 1,400 with: 1,300 on 11 April 2025 "
        f"{BY}.",
    ),
}  # fmt: skip


FURTHER_CASES = {
    "no rating": make_case(),
    "no rating of a variant on that board": make_case(
        replace(rate(1, NEVER, 1400), conditions=Conditions(board="Elsewhere")), subject=NEVER
    ),
    "the board does not tell the variant apart": make_case(
        without_interval(rate(1, TRIAL, 1400)), rate(2, PLAIN, 1300)
    ),
    "no release of the plain model either": make_case(
        rate(1, TRIAL, 1400), rate(2, replace(PLAIN, releases=()), 1300),
        subject=replace(PLAIN, releases=()),
    ),
    "a rating without a figure": make_case(
        rate(1, NEVER, 1400), replace(rate(2, PLAIN, 1300), value=None)
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_rating(name):
    check(RULE, EXAMPLES[name])


def test_rated_apart_experimental_and_nowhere_to_be_had():
    case = make_case(rate(1, TRIAL, 1400), rate(2, PLAIN, 1300))
    verdict = judge(case)
    assert verdict.outcome is Outcome.WRONG_ARTEFACT
    assert "no release is on record" in say(case)
    assert "never released" not in say(case)
    assert verdict.numbers["gap"] == 100
    assert verdict.numbers["gap_low"] == pytest.approx(100 - 200**0.5)


@pytest.mark.parametrize(
    ("variant", "plain", "half", "why"),
    [
        (replace(TRIAL, releases=(RELEASE,)), PLAIN, 10, "a release of it is on record"),
        (replace(TRIAL, availability=Availability.RELEASED), PLAIN, 10, "a source shows it"),
        (UNPLACED, PLAIN, 10, "a date alone may be a later version"),
        (TRIAL, replace(PLAIN, releases=()), 10, "no release of the plain one either"),
        (TRIAL, replace(PLAIN, availability=Availability.UNKNOWN), 10, "nor is it released"),
        (TRIAL, PLAIN, 60, "the board does not tell them apart"),
    ],
)
def test_nobody_is_accused_in_doubt(variant, plain, half, why):
    rated = rate(1, variant, 1400, half), rate(2, plain, 1300, half)
    assert outcome(make_case(*rated, subject=plain)) is not Outcome.WRONG_ARTEFACT, why
    assert outcome(make_case(*rated, kind="variant", subject=plain)) is not Outcome.REFUTED, why


def test_another_variant_with_weights_does_not_speak_for_the_model():
    later = replace(TRIAL, name="Toy-2-03-26", availability=Availability.RELEASED)
    case = make_case(rate(1, later, 1400, day="2025-09-01"), rate(2, PLAIN, 1300))
    assert outcome(case) is Outcome.OVERSTATED
    assert "1,300" in say(case)


def test_ratings_without_an_interval_tell_nobody_apart():
    trial = without_interval(rate(1, TRIAL, 1400))
    assert outcome(make_case(trial, rate(2, PLAIN, 1300))) is Outcome.INCONCLUSIVE


def test_the_snapshot_nearest_to_the_claim_decides_and_the_newest_is_told():
    series = [rate(1, PLAIN, 1400, day="2025-04-06"), rate(2, PLAIN, 1300, day="2026-01-01")]
    near = make_case(*series, value=1380.0, said_on="2025-04-07")
    assert outcome(near) is Outcome.SUPPORTED
    assert (
        "Latest rating of the released weights on record: 1,300 (interval 1,290 to 1,310) on 1 "
        "January 2026" in (say(near))
    )
    assert [rating.id for rating in judge(near).evidence] == ["mea_1", "mea_2"]
    assert outcome(make_case(*series, value=1380.0)) is Outcome.OVERSTATED


def test_other_boards_do_not_count():
    style = Conditions(board="LMArena, text, style control")
    elsewhere = replace(rate(1, PLAIN, 1500), conditions=style)
    without_board = make_case(elsewhere, rate(2, PLAIN, 1300), board=Conditions())
    assert outcome(without_board) is Outcome.OVERSTATED
    assert outcome(make_case(elsewhere, value=1490.0, board=BOARD)) is Outcome.UNTESTED


def test_votes_and_private_variants_are_told_where_known():
    told = without_interval(
        replace(rate(3, PLAIN, 27), metric="private_variants", as_of="2025-04-29")
    )
    case = make_case(rate(1, TRIAL, 1400), rate(2, PLAIN, 1300), told)
    assert judge(case).numbers["private_variants"] == 27
    assert judge(case).numbers["rated_votes"] == 1000
    assert "from 1,000 votes" in say(case)


def test_gaps_and_nearest():
    one, other = rate(1, TRIAL, 1417), replace(rate(2, PLAIN, 1273), low=None)
    assert make_gap(one, other).low is None
    assert make_gap(one, other).win_rate == pytest.approx(0.304, abs=1e-3)
    assert make_gap(one, replace(other, value=None)) is None
    assert find_nearest([], "2025") is None
    assert find_nearest([one, replace(other, as_of=None)], "2025-04").id == "mea_1"


def test_a_rating_needs_the_right_board_and_model():
    rated = evidence(
        "elo", 1417, 1405, 1430, model=HIDDEN, conditions=Conditions(board="A"), id="mea_hidden"
    )
    released = evidence("elo", 1273, 1261, 1283, conditions=Conditions(board="A"))
    said = claim("elo", 1417.0, "elo", conditions=Conditions(board="A"))
    case = Case(said, TOY, (HIDDEN,), (rated, released))
    assert outcome(case) is Outcome.WRONG_ARTEFACT
    other_board = replace(case, claim=replace(said, conditions=Conditions(board="B")))
    assert outcome(other_board) is Outcome.UNTESTED
    for value, expected in (
        (1250.0, Outcome.SUPPORTED),
        (1270.0, Outcome.INCONCLUSIVE),
        (1300.0, Outcome.OVERSTATED),
    ):
        asked = replace(case, claim=replace(case.claim, claimed_value=value, claimed_high=value))
        assert outcome(asked) is expected
