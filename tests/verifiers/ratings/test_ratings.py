"""Fits, intervals and ranks, on battles with known strengths."""

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.research.simulated_ratings import World, compute_true_points, simulate_coverage
from kb.domain.elo import compute_gap, compute_win_rate
from tests.verifiers.ratings.synthetic import draw_random_games
from verifiers.ratings.bootstrap import resample_games
from verifiers.ratings.bradley_terry import NotRatableError, Scale, fit_ratings
from verifiers.ratings.games import make_games
from verifiers.ratings.pair_table import make_pair_table
from verifiers.ratings.ranks import make_ranks
from verifiers.ratings.sandwich import rate_games
from verifiers.ratings.style import compare_style, fit_with_style, measure_style

STORED = Path(__file__).with_name("arena_rank_20_models.json")


def test_points_and_win_rates():
    assert compute_win_rate(0) == 0.5
    assert compute_win_rate(400) == pytest.approx(10 / 11)
    assert compute_gap(compute_win_rate(-144)) == pytest.approx(-144)
    assert compute_win_rate(1e9) == pytest.approx(1)
    with pytest.raises(ValueError, match="no finite gap"):
        compute_gap(1.0)


def list_stored_games(stored):
    for low, high, lost, tied, won in stored["pairs"]:
        for times, score in ((lost, 0.0), (tied, 0.5), (won, 1.0)):
            for number in range(times):
                yield f"m{low:02}", f"m{high:02}", score, f"{low} {high} {score} {number}"


def test_equal_to_what_arena_rank_said():
    stored = json.loads(STORED.read_text())
    rated = rate_games(make_games(list_stored_games(stored)))
    assert np.abs(rated.points - stored["ratings"]).max() < 0.1
    assert np.abs(rated.low - stored["rating_lower"]).max() < 1
    assert np.abs(rated.high - stored["rating_upper"]).max() < 1


@pytest.mark.parametrize(("models", "games"), [(20, 20_000), (200, 1_000_000), (1_000, 1_000_000)])
def test_equal_to_arena_rank_itself(models, games):
    bradley_terry = pytest.importorskip("arena_rank.models.bradley_terry")
    from benchmarks.support.rating_libraries import make_arena_rank_dataset

    drawn = draw_random_games(models, games, seed=models)
    dataset = make_arena_rank_dataset(drawn)
    theirs = bradley_terry.BradleyTerry(models).compute_ratings_and_cis(dataset)
    order = np.argsort(np.array(dataset.competitors))
    ours = rate_games(drawn)
    assert np.abs(ours.points - np.array(theirs["ratings"])[order]).max() < 0.1
    assert np.abs(ours.low - np.array(theirs["rating_lower"])[order]).max() < 1
    assert np.abs(ours.high - np.array(theirs["rating_upper"])[order]).max() < 1


def test_two_models_have_the_gap_of_their_score():
    rows = [("a", "b", 1.0, f"p{i}") for i in range(6)] + [("b", "a", 0.5, "q"), ("b", "a", 1, "r")]
    rated = rate_games(make_games(rows), Scale({1: 1200.0}))
    assert rated.points[1] == rated.low[1] == rated.high[1] == 1200
    assert rated.points[0] - 1200 == pytest.approx(compute_gap(6.5 / 8))
    assert rated.low[0] < rated.points[0] < rated.high[0]


def test_anchors_stay_and_scale_the_rest():
    games = draw_random_games(10, 20_000, 5)
    loose = rate_games(games)
    tied = rate_games(games, Scale({0: 1500.0, 1: 1500.0 + loose.points[1] - loose.points[0]}))
    assert tied.points - 1500 == pytest.approx(loose.points - loose.points[0], abs=1e-6)
    assert (tied.low <= tied.points).all()


@pytest.mark.parametrize(
    "rows",
    [
        [("a", "b", 1.0, "p"), ("a", "b", 1.0, "q")],
        [("a", "b", 0.5, "p"), ("c", "d", 0.5, "q")],
    ],
)
def test_what_games_do_not_tie_together_is_not_rated(rows):
    with pytest.raises(NotRatableError, match="more games are needed"):
        rate_games(make_games(rows))


def test_a_tie_ties_together():
    assert rate_games(make_games([("a", "b", 0.5, "p")])).points == pytest.approx([1000, 1000])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([], "no games"),
        ([("a", "a", 1.0, "p")], "does not meet itself"),
        ([("a", "b", 0.7, "p")], "won"),
    ],
)
def test_what_is_no_game(rows, words):
    with pytest.raises(ValueError, match=words):
        make_games(rows)


def test_prompts_with_games_of_one_kind_widen_the_interval():
    rows = [("a", "b", float(i % 2), f"p{i}") for i in range(40) for _ in range(10)]
    games = make_games(rows)
    by_game, by_prompt = rate_games(games), rate_games(games, by_prompt=True)
    ratio = (by_prompt.high - by_prompt.low) / (by_game.high - by_game.low)
    assert ratio == pytest.approx(np.sqrt(10 * 40 / 39), rel=1e-3)
    drawn = resample_games(games, 300, 1).make_rated()
    assert (drawn.high - drawn.low) == pytest.approx(by_prompt.high - by_prompt.low, rel=0.2)


def test_a_bootstrap_is_the_same_for_the_same_seed():
    games = draw_random_games(8, 2_000, 2)
    one, other = (resample_games(games, 20, 9).draws for _ in range(2))
    assert (one == other).all()
    assert (one != resample_games(games, 20, 10).draws).any()


def test_ranks_and_groups():
    rows = []
    for i in range(400):
        rows += [("strong", "even", float(i % 10 > 0), f"p{i}"), ("strong", "odd", 1.0, f"p{i}")]
        rows += [("even", "odd", float(i % 2), f"p{i}"), ("odd", "strong", float(i < 40), f"p{i}")]
    games = make_games(rows)
    ranks = make_ranks(resample_games(games, 200, 4))
    of = dict(
        zip(games.models, zip(ranks.best, ranks.worst, ranks.group, strict=True), strict=True)
    )
    assert of["strong"] == (1, 1, 1)
    assert of["even"][:2] == (2, 3)
    assert of["even"][2] == of["odd"][2] == 2


def test_a_recount_with_equal_weights_changes_nothing():
    table = make_pair_table(draw_random_games(12, 3_000, 8))
    again = table.recount(np.ones(3_000))
    assert (again == table.counts).all()
    assert fit_ratings(table, Scale({}), again) == pytest.approx(fit_ratings(table, Scale({})))


def test_style_is_taken_out_of_the_rating():
    random = np.random.default_rng(3)
    rows, differences = [], []
    for number in range(6_000):
        longer = random.normal(0.5, 1.0)  # the first writes more, and is no better
        won = random.random() < 1 / (1 + np.exp(-longer))
        rows.append(("wordy", "terse", float(won), f"p{number}"))
        differences.append([longer, 0.0])
    games = make_games(rows)
    plain = rate_games(games).points[1] - rate_games(games).points[0]
    fit = fit_with_style(games, np.array(differences))
    assert plain > 50
    assert fit.effects[0] == pytest.approx(400 / np.log(10), rel=0.15)
    assert fit.effects[1] == 0


def test_style_of_a_text():
    assert measure_style("# A\n- one\n2. two\n**bold** x") == (8.0, 1.0, 2.0, 1.0)
    assert compare_style("a b c", "a") == (0.5, 0.0, 0.0, 0.0)


def test_true_ratings_under_prompt_effects_are_drawn_together():
    world = World(effect=0.0, tie_share=0.0)
    assert compute_true_points(world) == pytest.approx(world.strengths, abs=1e-3)
    assert np.ptp(compute_true_points(World())) < np.ptp(world.strengths)


def test_intervals_by_prompt_cover_and_those_by_game_do_not():
    """A small run of what the benchmark `elo_interval_coverage` does at length."""
    covered = simulate_coverage(World(prompts=100, effect=400.0), 60, 100, seed=1)
    assert 0.90 < covered.by_prompt < 0.99
    assert covered.by_game < covered.by_prompt - 0.03
