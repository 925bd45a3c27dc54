"""Sequential tests of ladders: error rates, cost, and the search."""

import numpy as np
import pytest

from benchmarks.research.published_scores import read_published, simulate_grid
from benchmarks.research.simulated_ladders import (
    TASKS,
    Mode,
    Setting,
    draw_tasks,
    simulate_ladders,
    simulate_rung,
)
from tests.conftest import PROJECT
from verifiers.sequential.betting import BettingTest, Bounds, Side, make_confidence_interval
from verifiers.sequential.ladder import CHECK_ROUNDS, Ladder, count_next_rounds, split_alpha
from verifiers.sequential.sprt import RatioTest

pytestmark = pytest.mark.long

THRESHOLD = 0.856
LENGTHS = [4096, 8192, 16384, 32768, 65536, 131072]
ANYTIME = Setting(Mode.ANYTIME)
SPRT = Setting(Mode.SPRT, alpha=0.01, most_rounds=100)


def draw(mean, rounds, seed=0):
    return (np.random.default_rng(seed).random((rounds, TASKS)) < mean).astype(float)


def bet_on(scores, alpha=0.05):
    test = BettingTest(Bounds(-THRESHOLD, 1 - THRESHOLD), alpha, alpha)
    for score in scores:
        if test.add_round(score - THRESHOLD) is not Side.OPEN:
            break
    return test


@pytest.mark.parametrize(("mean", "side"), [(0.97, Side.ABOVE), (0.7, Side.BELOW)])
def test_a_clear_mean_is_decided_after_a_few_rounds(mean, side):
    test = bet_on(draw(mean, 500))
    assert test.side is side
    assert test.rounds < 25


def test_all_right_and_all_wrong_are_decided_at_once():
    assert bet_on(np.ones((9, TASKS))).rounds <= 5
    assert bet_on(np.zeros((9, TASKS))).rounds == 1


def test_what_is_decided_stays_decided():
    test = bet_on(draw(0.99, 50))
    for _ in range(200):
        test.add_round(np.zeros(TASKS) - THRESHOLD)
    assert test.side is Side.ABOVE


def test_one_after_the_other_is_the_same_as_simulated():
    """The test that is used and the one that is simulated decide alike, round for round."""
    for seed in range(30):
        rng = np.random.default_rng(seed)
        mean = 0.8 + seed * 0.006
        tasks = np.full(TASKS, mean)
        alphas = split_alpha(0.05, 6)
        found = simulate_rung(tasks, 1, ANYTIME, alphas, rng)
        scores = (np.random.default_rng(seed).random((1, 500, TASKS)) < tasks)[0].astype(float)
        test = BettingTest(Bounds(-THRESHOLD, 1 - THRESHOLD), alphas.above, alphas.below)
        following = 1  # evidence is looked at when as many rounds were asked as are asked at once
        for score in scores:
            test.add_round(score - THRESHOLD)
            if test.rounds < min(following, 500):
                continue
            following += count_next_rounds(following)
            if test.side is not Side.OPEN:
                break
        told = {Side.ABOVE: 1, Side.BELOW: -1, Side.OPEN: 0}[test.side]
        assert (test.rounds, told) == (found.rounds[0], found.side[0])


def test_a_share_of_another_score_is_a_margin_too():
    """The relative rule: 85% of the score at the shortest length, in pairs."""
    bounds = Bounds(-0.85, 1.0)
    short, long = draw(0.95, 400, 1), draw(0.6, 400, 2)
    holds, fails = BettingTest(bounds, 0.025, 0.025), BettingTest(bounds, 0.025, 0.025)
    for a, b, c in zip(short, draw(0.93, 400, 3), long, strict=True):
        holds.add_round(b - 0.85 * a)
        fails.add_round(c - 0.85 * a)
    assert (holds.side, fails.side) == (Side.ABOVE, Side.BELOW)


@pytest.mark.parametrize("bad", [(0.1, 1.0), (-1.0, 0.0)])
def test_a_margin_that_cannot_fall_on_both_sides_is_refused(bad):
    with pytest.raises(ValueError, match="both sides"):
        Bounds(*bad)


def test_scores_out_of_bounds_and_senseless_rates_are_refused():
    test = BettingTest(Bounds(-THRESHOLD, 1 - THRESHOLD), 0.05, 0.05)
    with pytest.raises(ValueError, match="are not in"):
        test.add_round([0.5])
    with pytest.raises(ValueError, match="error rates"):
        BettingTest(Bounds(-1, 1), 0.0, 0.05)
    with pytest.raises(ValueError, match="zone"):
        RatioTest(0.99, 0.02, 0.05, 0.05)
    with pytest.raises(ValueError, match="rise"):
        Ladder([8192, 4096], 10)


def test_the_interval_holds_the_mean_as_often_as_it_says():
    """300 samples of tasks that differ, looked at after any round: 95% at least."""
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(300):
        tasks = draw_tasks(0.9, 0.5, rng)
        scores = (rng.random((30, TASKS)) < tasks).astype(float)
        low, high = make_confidence_interval(scores, 0.05, grid=201)
        held += low <= tasks.mean() <= high
        assert low < scores.mean() < high
    assert held >= 0.95 * 300
    assert make_confidence_interval(np.empty((0, TASKS)), 0.05) == (0.0, 1.0)


def test_sprt_decides_and_is_named_for_what_it_is():
    test = RatioTest(THRESHOLD, 0.02, 0.005, 0.001)
    for score in draw(0.95, 100):
        if test.add_round(score) is not Side.OPEN:
            break
    assert test.side is Side.ABOVE
    near = RatioTest(THRESHOLD, 0.02, 0.005, 0.001)
    near.add_round([1.0] * 11 + [0.0] * 2)
    assert near.side is Side.OPEN
    assert near.decide_now() is Side.BELOW


def climb(sides, looks=None, most=50):
    """Climb a ladder whose rungs come out as `sides` say; return it and its outcome."""
    ladder = Ladder(LENGTHS[: len(sides)], most)
    looks = looks or [1.0] * len(sides)
    while (rung := ladder.next_rung()) is not None:
        at = ladder.rungs.index(rung)
        if rung.is_check and rung.rounds == 0:
            rung.see(CHECK_ROUNDS, Side.OPEN, looks[at], THRESHOLD)
        else:
            rounds = most if sides[at] is Side.OPEN else 10
            rung.see(rounds, sides[at], looks[at], THRESHOLD)
    return ladder, ladder.find_outcome()


A, B, N = Side.ABOVE, Side.BELOW, Side.OPEN


@pytest.mark.parametrize(
    ("sides", "shown", "possible", "leans"),
    [
        ([A, A, A, A, A, A], 131072, 131072, (8192, 32768)),
        ([A, A, A, B, B, B], 16384, 16384, (8192,)),
        ([A, A, A, A, B, B], 32768, 32768, (8192,)),
        ([B, B, B, B, B, B], 0, 0, ()),
        ([A, B, B, B, B, B], 4096, 4096, ()),
        ([A, A, N, B, B, B], 8192, 16384, ()),
        ([A, A, N, N, B, B], 8192, 32768, ()),
        ([N, N, N, N, N, N], 0, 131072, ()),
        ([A, A, A, N, A, A], 131072, 131072, (8192, 32768)),
        ([A], 4096, 4096, ()),
    ],
)
def test_what_a_ladder_shows(sides, shown, possible, leans):
    _, outcome = climb(sides)
    assert (outcome.shown, outcome.possible) == (shown, possible)
    assert outcome.leans_on == leans
    assert outcome.is_decided == (shown == possible)


def test_a_rung_that_was_skipped_and_looks_low_is_asked_in_full():
    """8K lies below although 16K is above: the look speaks against it, and it is found."""
    ladder, outcome = climb([A, B, A, A, A, A], looks=[1, 0.6, 1, 1, 1, 1])
    assert ladder.rungs[1].is_doubted
    assert (outcome.shown, outcome.possible) == (4096, 4096)


def test_nothing_longer_is_asked_than_it_takes():
    ladder, _ = climb([B, B, B, B, B, B])
    assert [rung.rounds > 0 for rung in ladder.rungs] == [True] + [False] * 5


def test_the_error_rate_holds_where_it_is_hardest():
    """10,000 ladders whose every score is the threshold itself: any verdict at all is wrong."""
    wrong = total = 0
    for seed, spread in ((5, 0.0), (6, 0.3)):
        rng = np.random.default_rng(seed)
        outcomes = simulate_ladders(LENGTHS, [THRESHOLD] * 6, 5000, ANYTIME, rng, spread)
        wrong += sum(outcome.shown > 0 or outcome.possible < LENGTHS[-1] for outcome in outcomes)
        total += len(outcomes)
    assert total == 10_000
    assert wrong <= 0.05 * total
    assert wrong > 0, "a test that never errs here is not looking"


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_the_published_rows_at_a_part_of_the_cost(spread):
    rows = read_published(PROJECT / "published" / "ruler.csv")
    assert len(rows) == 44
    anytime = simulate_grid(rows, ANYTIME, 300, spread)
    assert anytime.tokens <= anytime.grid_tokens / 6
    assert anytime.wrong <= ANYTIME.alpha * anytime.ladders
    sprt = simulate_grid(rows, SPRT, 300, spread)
    assert sprt.tokens <= sprt.grid_tokens / 20
    assert sprt.wrong_far <= 0.01 * sprt.ladders_far
    assert sprt.undecided == 0
