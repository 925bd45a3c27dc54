"""Numbers, days and lists as a reader would write them."""

import pytest

from kb.rules.wording import capitalise, join_names, write_day, write_interval, write_number


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "unknown"),
        (1417.0, "1,417"),
        (0.25, "0.25"),
        (402e9, "402 billion"),
        (2e12, "2 trillion"),
        (-3.5, "-3.5"),
    ],
)
def test_numbers(value, words):
    assert write_number(value) == words


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["a"], "a"), (["a", "a"], "a"), (["a", "b"], "a and b"),
     (["a", "b", "c"], "a, b and c")],
)  # fmt: skip
def test_names(names, words):
    assert join_names(names) == words
    assert join_names(names, "or") == words.replace(" and ", " or ")


@pytest.mark.parametrize(
    ("day", "words"),
    [("2025", "2025"), ("2025-04", "April 2025"), ("2025-04-05", "5 April 2025")],
)
def test_days(day, words):
    assert write_day(day) == words


def test_intervals_and_capitals():
    assert write_interval(1, 2.5) == "interval 1 to 2.5"
    assert write_interval(1, None) == write_interval(None, 2) == ""
    assert capitalise("section 2 of the EULA") == "Section 2 of the EULA"
    assert capitalise("") == ""
