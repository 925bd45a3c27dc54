"""Figures in README.md are those of the base, and none escapes."""

import duckdb
import pytest

from kb.cli.figures import LIST, PAGE, read_fresh_values
from kb.domain.errors import UserError
from kb.exports.told_figures import (
    find_figures,
    find_unmarked_numbers,
    parse_list,
    read_values,
    write_figures,
)
from tests.conftest import PROJECT

FIGURES = parse_list(LIST.read_text())


@pytest.fixture(scope="module")
def values():
    """What a fresh base of the records gives."""
    return read_fresh_values(PROJECT / "records")


def test_the_readme_states_what_the_base_has(values):
    wrong = [
        f"README.md:{told.line}: {told.name} is {values.get(told.name)!r}, not {told.words!r}"
        for told in find_figures(PAGE.read_text())
        if values.get(told.name) != told.words
    ]
    assert not wrong, f"run `make figures`: {wrong}"


def test_every_query_is_told_and_every_figure_has_a_query():
    told = {figure.name for figure in find_figures(PAGE.read_text())}
    assert told == set(FIGURES.queries)


def test_no_number_in_the_readme_escapes():
    found = list(find_unmarked_numbers(PAGE.read_text(), FIGURES.other_numbers))
    assert not found, (
        "put each between the markers of a figure (docs/figures.yml), or list it there as one that "
        f"says nothing about the base: {found}"
    )


def test_a_figure_that_differs_is_seen_and_written(values):
    text = PAGE.read_text()
    first = find_figures(text)[0]
    wrong = text.replace(f"-->{first.words}<!--/figure-->", "-->99 million<!--/figure-->", 1)
    assert find_figures(wrong)[0].words == "99 million"
    assert write_figures(wrong, values) == write_figures(text, values)
    with pytest.raises(UserError, match="no figure is called"):
        write_figures("<!--figure:none-->1<!--/figure-->", values)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It has 46 claims.", [(1, "46")]),
        ("a\n\nabout a thousand tokens", [(3, "thousand")]),
        ("<!--figure:x-->46<!--/figure--> claims", []),
        ("`kb show 5` and\n```\n46\n```\n| 7 |\n[a](b/4)", []),
        ("Llama 4 and Llama\n4 of Llama 40", [(2, "40")]),
        ("1,417 or 3.5%", [(1, "1,417"), (1, "3.5")]),
    ],
)
def test_numbers_in_prose_are_found(text, found):
    assert list(find_unmarked_numbers(text, ("Llama 4",))) == found


def test_a_query_without_one_row_of_words_is_refused(tmp_path):
    file = tmp_path / "x.duckdb"
    duckdb.connect(str(file)).close()
    for query in ("select 1", "select 'a' where false", "select 'a', 'b'", "select null"):
        with pytest.raises(UserError, match="the query of x gives"):
            read_values(file, {"x": query})
