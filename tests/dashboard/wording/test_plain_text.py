"""Untrusted text stays text: in HTML, in charts, in CSV and in links."""

import csv
import io

import pytest

from dashboard.parts.claim_list import write_claims_csv
from dashboard.reads.published import Edition
from dashboard.wording.markup import Html, link_out, link_page, make_facts, make_table, tag
from kb.text.plain_text import as_chart_text, as_csv_cell, as_html, as_web_address, show_hidden
from tests.dashboard.sample_edition import HOSTILE_QUOTE, read_claims


def test_html_is_escaped_and_hidden_characters_are_spelt_out() -> None:
    assert as_html('<b a="1">&\'') == "&lt;b a=&quot;1&quot;&gt;&amp;&#x27;"
    assert show_hidden("a\u202eb\u200bc\x00d") == "a[U+202E]b[U+200B]c[U+0000]d"
    assert show_hidden("naïve 中文 10×\nnext") == "naïve 中文 10×\nnext"
    assert "\u202e" not in as_html(HOSTILE_QUOTE)


def test_chart_text_keeps_no_markup() -> None:
    assert as_chart_text('<a href="javascript:x">y</a>\nz').startswith("&lt;a href=")
    assert "\n" not in as_chart_text("a\nb")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert as_csv_cell(text) == f"'{show_hidden(text)}"


def test_numbers_and_nothing_stay_as_they_are_in_csv() -> None:
    assert [as_csv_cell(value) for value in (-1.5, 3, None, "plain")] == ["-1.5", "3", "", "plain"]


def test_no_cell_of_the_csv_is_a_formula(edition: Edition) -> None:
    claims = read_claims(edition)
    rows = list(csv.reader(io.StringIO(write_claims_csv(claims))))
    assert len(rows) == len(claims) + 1
    texts = [
        cell for row in rows for cell in row if not cell.lstrip("-").replace(".", "").isdigit()
    ]
    assert any(cell.startswith("'=") for cell in texts)
    assert not [cell for cell in texts if cell.startswith(("=", "+", "@", "\t"))]


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil.example", "ftp://x.y",
        "https://", "http://a b", 'https://a"onclick="x', "https://a\u202e.example", "", None,
        "java\nscript:alert(1)", "https://[", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_only_web_addresses_are_addresses(url: str | None) -> None:
    assert as_web_address(url) is None
    assert "href" not in link_out(url, "words")


def test_web_addresses_become_links_with_escaped_words() -> None:
    link = link_out("https://a.example/b?c=1&d=2", "<i>")
    assert 'href="https://a.example/b?c=1&amp;d=2"' in link
    assert "&lt;i&gt;" in link
    assert 'rel="noopener noreferrer nofollow"' in link


def test_markup_escapes_all_but_its_own() -> None:
    assert tag("p", "<x>", tag("b", "y")) == "<p>&lt;x&gt;<b>y</b></p>"
    assert tag("p", None, 3, title='"') == '<p title="&quot;">3</p>'
    assert "&lt;h1&gt;" in make_table(["<h1>"], [["<h1>"]])
    assert "<dd>&lt;u&gt;</dd>" in make_facts([("a", "<u>"), ("b", None)])
    assert isinstance(tag("p"), Html)


def test_links_to_pages_quote_their_query() -> None:
    link = link_page("models", "m", id='a/b&c=d"')
    assert 'href="./models?id=a/b%26c%3Dd%22"' in link
