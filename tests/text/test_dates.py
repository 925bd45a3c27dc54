"""Dates as machines write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.text.dates import find_date_in_name, parse_date, read_http_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-03-01T23:59:59-08:00", date(2026, 3, 1)),
        ("Sun, 01 Mar 2026 08:00:00 GMT", date(2026, 3, 1)),
        ("2026-02-30", None), ("9999-01-01", None), ("yesterday", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_days(text, day):
    assert parse_date(text) == day


@given(st.text())
def test_no_text_breaks_it(text):
    parse_date(text)
    find_date_in_name(text)
    read_http_date({"date": text})


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("https://x/lmarena_text_20250411.csv", "2025-04-11"),
        ("https://x/2024/table-2025-04-11.csv", "2025-04-11"),
        ("https://x/v20251399/a.csv", None), ("https://x/120250411.csv", None),
    ],
)  # fmt: skip
def test_days_in_names(name, day):
    assert find_date_in_name(name) == day


def test_the_day_a_document_was_served():
    assert read_http_date({"date": "Sat, 21 Nov 2026 23:30:00 -0500"}) == "2026-11-22"
    assert read_http_date({}) is None
