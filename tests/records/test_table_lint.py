"""Published tables against their own rules."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.domain.errors import UserError
from kb.records.table_lint import lint_table
from tests.conftest import PROJECT

PUBLISHED = PROJECT / "published"
HEAD = "model,effective,average,score_4k,score_8k,score_16k\n"


def lint(*rows, head=HEAD, **rule):
    return lint_table(head + "\n".join(rows) + "\n", **rule)


def test_rulers_table():
    report = lint_table((PUBLISHED / "ruler.csv").read_text())
    assert report.rows == 44
    wrong = {issue.model.split(" (")[0]: issue.computed for issue in report.of_kind("effective")}
    assert wrong == {
        "Qwen3-14B": "64K", "Qwen2.5-7B-Instruct-1M": "64K", "Qwen3-8B": "32K", "Qwen3-4B": "32K",
        "EXAONE-4.0-1.2B": "16K",
    }  # fmt: skip
    (mean,) = report.of_kind("mean")
    assert (mean.model.split(" (")[0], mean.printed, mean.computed) == (
        "Qwen2.5-14B-Instruct-1M", "95.7", "95.20",
    )  # fmt: skip
    assert [issue.model for issue in report.of_kind("tie")] == ["Qwen3-32B (32B)"]


def test_nolimas_table_keeps_its_rule():
    report = lint_table((PUBLISHED / "nolima.csv").read_text())
    assert (report.rows, report.issues) == (18, [])


def test_the_projects_tables_are_the_collected_ones(shared):
    for name in ("ruler", "nolima"):
        collected = (shared / "facts" / f"{name}_published.csv").read_text()
        assert (PUBLISHED / f"{name}.csv").read_text() == collected


@pytest.mark.parametrize(
    ("row", "kinds"),
    [
        ("A,8K,89.1,95,90,82.3", []),
        ("A,>16K,90,95,90,85.6", ["tie", "mean"]),
        ("A,8K,90.2,95,90,85.6", ["tie"]),
        ("A,>16K,90.2,95,90,85.6", ["tie"]),
        ("A,16K,89.1,95,90,82.3", ["effective"]),
        ("A,<4K,70,70,70,70", []),
        ("A,4K,70,70,70,70", ["effective"]),
        ("A,16K,89.3,95,80,90", ["effective", "mean"]),
        ("A,4K,95,95,,", []),
        ("A,,,95,80,90", []),
    ],
)
def test_one_row(row, kinds):
    assert sorted(issue.kind for issue in lint(row).issues) == sorted(kinds)


def test_a_share_of_the_base_score():
    head = "model,effective,base_score,threshold,1k,2k\n"
    right = lint("A,1K,90.0,76.5,80,70", head=head)
    wrong = lint("A,2K,90.0,70.0,80,70", head=head)
    assert right.issues == []
    assert sorted(issue.kind for issue in wrong.issues) == ["effective", "threshold"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no column of scores"),
        ("model,quality\nA,1\n", "no column of scores"),
        (HEAD + "A,8K,89,95,ninety,80\n", "line 2, column score_8k"),
        (HEAD + "A,long,89,95,90,80\n", "line 2, column effective"),
        (HEAD + "A,8K,89,NaN,90,80\n", "is not a score"),
        (HEAD + 'A,"8K,89,95,90,80\n', "not a CSV table"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, words):
    with pytest.raises(UserError, match=words):
        lint_table(text)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    with suppress(UserError):
        lint_table(text)
