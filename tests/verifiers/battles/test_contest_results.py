"""What a contest comes to: ratings, win rates, and when it may stop."""

import pytest

from verifiers.battles.contest_results import ContestTerms, Fought, make_results
from verifiers.battles.stopping import Stopping, compute_expected
from verifiers.sequential.betting import Side


def test_several_anchors_are_fitted_together(home, settings):
    """A challenger halfway between two anchors is rated halfway between them."""
    fought = [Fought(f"p/{n}", name, float(n % 4 < won)) for n in range(200)
              for name, won in (("low", 3), ("high", 1))]  # fmt: skip
    terms = ContestTerms("new", {"low": 900.0, "high": 1100.0}, "LMArena", "program", "checkable/1")
    results = make_results(terms, fought, Stopping({"low": 0.5, "high": 0.5}))
    rating = results[-1]
    assert (rating.metric, rating.n) == ("battle_elo", 400)
    assert rating.value == pytest.approx(1000, abs=1)
    assert rating.low < 1000 < rating.high


def test_who_won_everything_has_a_win_rate_and_no_rating(home, settings):
    terms = ContestTerms("new", {"low": 900.0}, "LMArena", "program", "checkable/1")
    fought = [Fought(f"p/{n}", "low", 1.0) for n in range(20)]
    (rate,) = make_results(terms, fought, Stopping({"low": 0.5}))
    assert (rate.metric, rate.value, rate.n) == ("battle_win_rate", 1.0, 20)
    assert make_results(terms, [Fought("p/1", "low", None)], Stopping({"low": 0.5})) == []


def test_a_prompt_without_verdict_counts_as_a_tie_for_stopping():
    stopping = Stopping({"a": 0.5}, least=2)
    for _ in range(100):
        stopping.take({"a": None})
    assert stopping.side is Side.OPEN
    assert not stopping.is_enough


def test_stopping_errs_as_seldom_as_it_says():
    """Against an opponent it equals, a challenger is called better or worse in 5% at most."""
    import numpy as np

    random, wrong = np.random.default_rng(4), 0
    for _ in range(200):
        stopping = Stopping({"a": 0.5}, alpha=0.1)
        for score in random.choice([0.0, 0.5, 1.0], size=200):
            stopping.take({"a": float(score)})
        wrong += stopping.side is not Side.OPEN
    assert wrong / 200 <= 0.1


def test_expected_scores():
    assert compute_expected({"a": 1000.0, "b": None}, 1400.0) == {
        "a": pytest.approx(10 / 11),
        "b": 0.5,
    }
    assert compute_expected({"a": 1000.0}, None) == {"a": 0.5}
