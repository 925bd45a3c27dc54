"""Blocks of Markdown and HTML: headings, paragraphs, tables; every character at its place."""

import pytest

from kb.text.blocks import Heading, Paragraph, TableBlock
from kb.text.html_blocks import parse_html
from kb.text.markdown_blocks import parse_markdown


def as_plain(blocks):
    return [
        (type(block).__name__, [[cell.text for cell in row] for row in block.rows])
        if isinstance(block, TableBlock)
        else (type(block).__name__, block.text.text)
        for block in blocks
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# Toyla 7B\n", [("Heading", "Toyla 7B")]),
        ("Toyla 7B\n========\n", [("Heading", "Toyla 7B")]),
        ('<h1 align="center">Toyla <b>7B</b></h1>\n', [("Heading", "Toyla 7B")]),
        ("#tag is no heading\n", [("Paragraph", "#tag is no heading")]),
        ("One line\nand the next.\n", [("Paragraph", "One line and the next.")]),
        ("- first\n- second\n", [("Paragraph", "first"), ("Paragraph", "second")]),
        ("• first\n• second\n", [("Paragraph", "first"), ("Paragraph", "second")]),
        ("```\nmax_tokens=4096\n```\nText.\n", [("Paragraph", "Text.")]),
        ("<!-- a note\non two lines -->\nText.\n", [("Paragraph", "Text.")]),
        ("a | b\n--|--\n1 | 2\n", [("TableBlock", [["a", "b"], ["1", "2"]])]),
        ("| a \\| b | c |\n|:-|-:|\n", [("TableBlock", [["a | b", "c"]])]),
    ],
)
def test_markdown(source, expected):
    assert as_plain(parse_markdown(source)) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<h2>Toyla&nbsp;7B</h2>", [("Heading", "Toyla 7B")]),
        ("<p>one <b>two</b></p><p>three</p>", [("Paragraph", "one two"), ("Paragraph", "three")]),
        ("<script>var size = '9B'</script><p>text</p>", [("Paragraph", "text")]),
        ("<nav><p>menu</p></nav><p>text</p>", [("Paragraph", "text")]),
        (
            "<table><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></table>",
            [("TableBlock", [["a", "b"], ["a", "c"]])],
        ),
        ("<dl><dt>Size</dt><dd>7B</dd></dl>", [("TableBlock", [["", ""], ["Size", "7B"]])]),
    ],
)
def test_html(source, expected):
    assert as_plain(parse_html(source)) == expected


def test_a_wide_span_is_bounded():
    (table,) = parse_html("<table><tr><td colspan=99999>a</td></tr></table>")
    assert isinstance(table, TableBlock)
    assert len(table.rows[0]) <= 60


@pytest.mark.parametrize("source", ["# **Toyla** 7B\n", "Toyla [7B](https://x.example) `now`.\n"])
def test_every_character_knows_its_place(source):
    (block,) = parse_markdown(source)
    assert isinstance(block, Heading | Paragraph)
    marked = block.text
    for index, character in enumerate(marked.text):
        assert source[marked.starts[index] : marked.ends[index]].strip() == character.strip()
