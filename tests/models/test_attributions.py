"""Whose figure a claim repeats."""

import pytest

from kb.models.attributions import Kin, Rating, find_parents, make_boards

PLAIN = Kin("v/toy-2-max", "Toy 2 Max", "V")
TRIAL = Kin("v/toy-2-max-0326-experimental", "Toy-2-Max-03-26-Experimental", "V")
OTHER = Kin("v/toy-2-max-0401-preview", "Toy-2-Max-04-01-Preview", "V")
FAMILY = Kin("v/toy-2", "Toy 2", "V")


def rate(number, kin, value, board="LMArena", **more):
    return Rating(f"msr_{number}", kin.id, value, board, **more)


def find(ratings, models=(PLAIN, TRIAL, OTHER), value=1417.0, board="LMArena", of=PLAIN):
    return make_boards(ratings, models).find_bearer(of.id, value, board)


def test_a_dated_experiment_is_a_variant_by_its_name():
    assert find_parents([PLAIN, TRIAL, OTHER]) == {TRIAL.id: PLAIN.id, OTHER.id: PLAIN.id}
    assert find_parents([TRIAL]) == {}
    elsewhere = Kin("w/x", "Toy-2-Max-03-26-Experimental", "W")
    assert find_parents([PLAIN, elsewhere]) == {}


def test_what_a_record_declares_counts_before_the_name():
    declared = Kin(TRIAL.id, TRIAL.name, "V", variant_of=FAMILY.id)
    assert find_parents([PLAIN, FAMILY, declared])[TRIAL.id] == FAMILY.id


def test_the_figure_is_the_variants():
    ratings = [
        rate(1, TRIAL, 1417.0, as_of="2025-04-06"),
        rate(2, PLAIN, 1273.0, low=1261, high=1283),
    ]
    found = find(ratings)
    assert (found.model_id, found.measurement_id) == (TRIAL.id, "msr_1")
    assert "2025-04-06" in found.reason


def test_the_oldest_rating_that_shows_it_is_named():
    ratings = [
        rate(1, TRIAL, 1417.2, as_of="2025-08-04"),
        rate(2, TRIAL, 1416.8, as_of="2025-04-06"),
    ]
    assert find(ratings).measurement_id == "msr_2"


@pytest.mark.parametrize(
    ("ratings", "why"),
    [
        ([], "no rating at all"),
        ([rate(1, TRIAL, 1403.0)], "another figure"),
        ([rate(1, TRIAL, 1417.0), rate(2, PLAIN, 1417.0)], "the model has it itself"),
        ([rate(1, TRIAL, 1417.0), rate(2, PLAIN, 1411.0, low=1400, high=1420)], "or nearly so"),
        ([rate(1, TRIAL, 1417.0), rate(2, OTHER, 1417.0)], "two variants have it"),
        ([rate(1, TRIAL, 1417.0, board="Another board")], "another board"),
    ],
)
def test_in_doubt_nothing_is_said(ratings, why):
    assert find(ratings) is None, why


def test_without_a_board_any_counts_and_a_familys_claim_reaches_its_members():
    child = Kin(PLAIN.id, PLAIN.name, "V", variant_of=FAMILY.id)
    ratings = [rate(1, TRIAL, 1417.0)]
    assert find(ratings, board=None).model_id == TRIAL.id
    assert find(ratings, (FAMILY, child, TRIAL), of=FAMILY).model_id == TRIAL.id


def test_a_circle_of_variants_ends():
    a, b = Kin("v/a", "A 1", "V", variant_of="v/b"), Kin("v/b", "B 1", "V", variant_of="v/a")
    assert find([], (a, b), of=a) is None
