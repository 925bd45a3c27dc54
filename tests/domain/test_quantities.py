"""Quantities as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.claim_types import Operator
from kb.domain.quantities import QuantityError, parse_quantity


@pytest.mark.parametrize(
    ("text", "low", "high", "operator", "unit"),
    [
        ("10M", 10e6, 10e6, "=", None),
        ("10M tokens", 10e6, 10 * 1024**2, "=", "tokens"),
        ("128K tokens", 128_000, 131_072, "=", "tokens"),
        ("128k", 128e3, 128e3, "=", None),
        ("17B active", 17e9, 17e9, "=", "parameters"),
        ("402B total", 402e9, 402e9, "=", "parameters"),
        ("1,417", 1417, 1417, "=", None),
        ("<2%", 2, 2, "<", "percent"),
        ("under 2%", 2, 2, "<", "percent"),
        ("up to 10 million tokens", 10e6, 10e6, "<=", "tokens"),
        ("over 2 trillion", 2e12, 2e12, ">", None),
        ("about one billion", 1e9, 1e9, "~", None),
        ("100k+ tokens", 100_000, 102_400, ">=", "tokens"),
        ("8-10%", 8, 10, "=", "percent"),
        ("128,000 to 328,000 tokens", 128_000, 328_000, "=", "tokens"),
        ("$0.27 per million tokens", 0.27, 0.27, "=", "usd_per_mtok"),
        ("128 experts", 128, 128, "=", "experts"),
        ("~40T", 40e12, 40e12, "~", None),
        ("-5", -5, -5, "=", None),
    ],
)
def test_reads_as_written(text, low, high, operator, unit):
    quantity = parse_quantity(text)
    assert (quantity.low, quantity.high) == (low, high)
    assert quantity.operator is Operator(operator)
    assert quantity.unit == unit
    assert quantity.text == text


@pytest.mark.parametrize("text", ["", "tokens", "many", "12 bananas", "10M tokens and more"])
def test_refuses_what_is_no_quantity(text):
    with pytest.raises(QuantityError):
        parse_quantity(text)


def test_assumed_unit_gives_both_readings_of_k():
    assert parse_quantity("128K", "tokens").high == 131_072


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text):
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        return
    assert quantity.low <= quantity.high


@given(st.integers(min_value=0, max_value=10**12))
def test_thousands_separators_do_not_matter(number):
    assert parse_quantity(f"{number:,}").low == parse_quantity(str(number)).low == number
