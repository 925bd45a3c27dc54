"""Untrusted text: nothing hidden stays hidden, no cell computes, no address but of the web."""

import pytest

from kb.text.plain_text import as_csv_cell, as_html, as_web_address, show_hidden


def test_what_is_hidden_is_spelt_out():
    assert show_hidden("a\u202eb\u200bc") == "a[U+202E]b[U+200B]c"


def test_markup_becomes_text():
    assert as_html('<b onclick="x">') == "&lt;b onclick=&quot;x&quot;&gt;"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(text):
    assert as_csv_cell(text).startswith("'")


def test_numbers_stay_numbers():
    assert (as_csv_cell(-1.5), as_csv_cell(None)) == ("-1.5", "")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://", "https://a b.example", "ftp://x.example", "//x"]
)
def test_other_addresses_are_no_links(url):
    assert as_web_address(url) is None
