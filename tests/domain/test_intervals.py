"""Wilson intervals."""

from random import Random

import pytest

from kb.domain.intervals import make_wilson_interval


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3.
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_agrees_with_published_values(successes, n, low, high):
    interval = make_wilson_interval(successes, n)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


def test_nothing_is_not_a_number():
    with pytest.raises(ValueError, match="no trials"):
        make_wilson_interval(0, 0)


def test_coverage():
    """Over many samples, about 95% of the intervals hold the truth."""
    random, runs, hits = Random(11), 4000, 0
    for _ in range(runs):
        truth = random.uniform(0.05, 0.95)
        right = sum(random.random() < truth for _ in range(30))
        interval = make_wilson_interval(right, 30)
        hits += interval.low <= truth <= interval.high
    assert 0.935 < hits / runs < 0.97
