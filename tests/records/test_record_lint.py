"""What cannot be so, or hardly: each rule fires on its own fault, with line and severity."""

from datetime import date

import pytest

from kb.records.files import RecordError, Severity, parse_record
from kb.records.lint import RULES, lint_records
from kb.records.lint.case import LintCase
from kb.stages.load import check_folder

TODAY = date(2026, 11, 28)
GOOD = """\
model: {name: Toy 1B, vendor: Toys, availability: released, availability_source: card}
sources:
  card: {url: "https://toys.example/card", publisher: Toys, kind: model_card,
    published_on: 2026-01-01, read_on: 2026-01-02}
claims:
  - type: benchmark_score
    metric: mmlu_pro
    claimed: '85.6%'
    value: 85.6
    subject_text: Toy
    sightings:
      - {source: card, quote: MMLU-Pro 85.6, said_on: 2026-01-01}
  - type: context_length
    claimed: 128K tokens
    subject_text: Toy
    sightings:
      - {source: card, quote: 128K tokens}
results:
  - {metric: mmlu_pro, value: 84.2, unit: percent, reported_by: A, source: card, as_of: 2026-01-01}
  - {metric: elo, value: 1300, unit: elo, reported_by: A, source: card}
  - {metric: accepted_context, value: 64000, unit: tokens, reported_by: A, source: card}
  - {metric: effective_context, value: 32000, unit: tokens, reported_by: A, source: card}
  - {metric: ruler, value: 90.0, unit: points, reported_by: A, source: card}
  - {metric: ruler, value: 80.0, unit: points, reported_by: A, source: card}
  - {metric: ruler_mean, value: 85.0, unit: points, reported_by: A, source: card}
"""
ERROR, WARNING = Severity.ERROR, Severity.WARNING
NEVER = "availability: never_released, availability_source: card}"
RELEASED = "availability: released, availability_source: card}"
RELEASES = "releases:\n  - {repository: toys/toy-1b, source: card}\n"
BOTH = "conditions: {hardware: H100}, reported_by: A"


def lint(text):
    return lint_records([parse_record(text.encode(), "toy.yaml")], TODAY)


def test_a_good_record_has_no_problem():
    assert lint(GOOD) == []


@pytest.mark.parametrize(
    ("claimed", "quote"),
    [
        ("128K tokens", "131,072 tokens"),
        ("1 million tokens", "its million-token window"),
        ("10 million tokens", "ten million tokens"),
        ("200 million tokens", "2 亿个 token"),
        ("131072 tokens", "a 128K window"),
        ("1048576 tokens", "1M tokens"),
        ("10 million tokens", "10\u2011million-token window"),
        ("10 million tokens", "10  million tokens"),
        ("100 thousand tokens", "a hundred thousand"),
    ],
)
def test_a_quote_holds_the_figure_in_any_spelling(claimed, quote):
    text = GOOD.replace("claimed: 128K tokens", f"claimed: {claimed}")
    assert lint(text.replace("quote: 128K tokens", f"quote: '{quote}'")) == []


def test_a_figure_after_a_hyphen_is_no_negative_one():
    text = GOOD.replace("type: context_length", "type: params_total")
    text = text.replace("claimed: 128K tokens", "claimed: 7B").replace("128K tokens", "Toybox-7B")
    assert lint(text) == []


NOTE = "    corrected: [{on: 2026-11-20, was: {claimed: %s}, why: misread}]\n    sightings:\n"
GONE = "withdrawn:\n  - {type: context_length, claimed: 128K, on: 2026-11-20, why: no}\nresults:\n"
SEEN = "    subject_text: Toy\n    sightings:\n      - {source: card, quote: 128K"
NOTED = SEEN.replace("    sightings:\n", NOTE)
CASES = [
    (SEEN, NOTED % "128K tokens", 16, ERROR, "`was` says what stands there now"),
    (SEEN, NOTED.replace("-20", "-30") % "256K tokens", 16, ERROR, "which is in the future"),
    (SEEN, NOTED % "a lot", 16, ERROR, "as it stood it was no claim"),
    ("results:\n", GONE, 19, ERROR, "still stands on line 13"),
    ("value: 85.6\n", "value: 0.856\n", 9, ERROR, "the words say 85.6"),
    ("value: 84.2,", "value: 0.842,", 19, WARNING, "less than one in a hundred"),
    ("elo, value: 1300, unit: elo", "mmlu_pro, value: 0.842, unit: percent", 20, ERROR,
     "one is a proportion"),
    ("quote: 128K", "quote: long", 17, WARNING, "no quote contains the figure 128,000"),
    ("value: 84.2,", "value: 842,", 19, ERROR, "outside its scale, 0 to 100"),
    ("value: 84.2,", "value: 99.0, low: 97.0, high: 101.0,", 19, WARNING, "outside its scale"),
    ("value: 84.2, unit: percent", "value: 84.2, unit: proportion", 19, ERROR, "0 to 1"),
    ("'85.6%'\n    value: 85.6\n", "'856%'\n", 8, ERROR, "exceeds 100 percent"),
    ("value: 1300,", "value: 13000,", 20, ERROR, "outside its scale, -2,000 to 5,000"),
    ("value: 1300, unit: elo", "value: 1300, unit: percent", 20, ERROR, "use elo"),
    ("value: 32000,", "value: 65000,", 22, WARNING, "only 64,000 accepted"),
    ("accepted_context, value: 64000, unit: tokens, reported_by: A",
     f"accepted_context, value: 1000, unit: tokens, {BOTH}", 22, WARNING, "only 1,000 accepted"),
    ("value: 32000,", "value: 2000000,", 22, WARNING, "at most 131,072 are claimed"),
    ("value: 85.0,", "value: 86.0,", 25, WARNING, "the mean of its 2 cells here is 85.00"),
    ("value: 85.0,", "value: 86.0, n: 2, n_unit: lengths,", 25, ERROR, "is 85.00"),
    ("read_on: 2026-01-02", "read_on: 2026-12-02", 4, ERROR, "in the future"),
    ("said_on: 2026-01-01", "said_on: 2027", 12, ERROR, "in the future"),
    ("as_of: 2026-01-01", "as_of: 2026-12", 19, ERROR, "in the future"),
    ("read_on: 2026-01-02", "read_on: 2025-12-02", 4, ERROR, "before it was published"),
    ("said_on: 2026-01-01", "said_on: 2026-02-01", 12, ERROR, "'card' was read on 2026-01-02"),
    (RELEASED, "availability: unknown}", 1, WARNING, "nothing says whether"),
    (RELEASED, NEVER, 19, WARNING, "say who served it"),
    (RELEASED, NEVER.replace("never_released", "no_such_model"), 19, ERROR, "does not exist"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "severity", "words"), CASES)
def test_each_fault_is_found_on_its_line(old, new, line, severity, words):
    assert GOOD.count(old) >= 1
    found = [issue for issue in lint(GOOD.replace(old, new, 1)) if words in issue.message]
    assert found, lint(GOOD.replace(old, new, 1))
    assert (found[0].line, found[0].severity) == (line, severity)


def test_a_release_of_what_was_never_released():
    text = GOOD.replace(RELEASED, NEVER).replace("results:\n", f"{RELEASES}results:\n")
    assert any(
        "a release of a model that is never_released" in issue.message for issue in lint(text)
    )


def test_used_beyond_what_the_same_machine_accepts_is_surely_wrong():
    text = GOOD.replace("64000, unit: tokens, reported_by: A", f"1000, unit: tokens, {BOTH}")
    text = text.replace("32000, unit: tokens, reported_by: A", f"32000, unit: tokens, {BOTH}")
    (found,) = lint(text)
    assert (found.severity, found.line) == (ERROR, 22)


def test_a_living_page_may_hold_words_younger_than_its_date():
    text = GOOD.replace("published_on: 2026-01-01, read_on: 2026-01-02", "published_on: 2025-01-01")
    assert {issue.severity for issue in lint(text)} == {WARNING}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_rule_is_idle(rule):
    """Each rule has a case here that fires it."""
    release = GOOD.replace(RELEASED, NEVER).replace("results:\n", f"{RELEASES}results:\n")
    texts = [GOOD.replace(old, new, 1) for old, new, *_ in CASES] + [release]
    records = [parse_record(text.encode(), "toy.yaml") for text in texts]
    assert any(list(rule(LintCase(record, TODAY))) for record in records)


def test_shipped_records_have_no_error(records):
    _, problems = check_folder(records, TODAY)
    assert [str(problem) for problem in problems if problem.severity is ERROR] == []


def test_a_day_that_does_not_exist_is_told_on_its_line():
    with pytest.raises(RecordError) as error:
        lint(GOOD.replace("read_on: 2026-01-02", "read_on: 2026-01-32"))
    (problem,) = error.value.problems
    assert problem.line == 4
    assert "2026-01-32 is not a date" in problem.message
