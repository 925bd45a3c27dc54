"""The scorer of needle answers."""

import pytest

from verifiers.scoring.numbers import is_right


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (" 1234567.", True),
        (": 1,234,567", True),
        ("in 2 words, 1234567", True),
        (" 7654321, or 1234567", False),
        (" 123456", False),
        (" 12345678", False),
        ("", False),
    ],
)
def test_first_long_number_counts(answer, right):
    assert is_right(answer, "1234567") is right
