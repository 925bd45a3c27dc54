"""Charts hold the right figures, intervals and axes, and say what they show."""

from collections import Counter
from itertools import pairwise
from math import inf, log10

import pytest

from dashboard.charts.curve import Point, Threshold, make_curve_chart
from dashboard.charts.depths import Cell, make_depth_chart
from dashboard.charts.gap import Gap, make_gap_chart, write_ratio
from dashboard.charts.vendors import make_vendor_chart
from dashboard.parts.claim.evidence import find_thresholds
from dashboard.parts.gaps import make_gap, make_gaps
from dashboard.reads.evidence import read_curve, read_depths, read_measurements, read_trials
from dashboard.reads.published import Edition
from tests.dashboard.sample_edition import SMOL_CLAIM, read_claims

_GAPS = [
    Gap("Small: score", "80", "79", "supported", 80 / 79),
    Gap("Big <b>: context", "10 million", "1,000", "overstated", 1e4, 5e3, inf),
]


def test_gap_chart_is_logarithmic_widest_first_with_intervals() -> None:
    figure = make_gap_chart(_GAPS).figure
    assert figure.layout.xaxis.type == "log"
    assert "log scale" in figure.layout.xaxis.title.text
    points = [trace for trace in figure.data if trace.hovertext]
    assert [trace.x[0] for trace in points] == [1e4, 80 / 79]
    assert points[0].error_x.arrayminus[0] == 5e3
    assert 1e4 + points[0].error_x.array[0] == pytest.approx(10 ** figure.layout.xaxis.range[1])
    assert points[1].error_x.array is None


def test_gap_chart_says_its_finding_and_escapes_labels() -> None:
    chart = make_gap_chart(_GAPS)
    assert chart.finding == (
        "1 claim is at least ten times what was found; the widest is 10,000 times"
    )
    assert "claimed 10 million, found 1,000" in chart.caption
    assert "&lt;b&gt;" in chart.figure.layout.annotations[0].text
    assert "10,000× less" in chart.figure.layout.annotations[0].text


@pytest.mark.parametrize(
    ("ratio", "words"),
    [
        (1e4, "found 10,000× less"),
        (1.1, "found 1.10× less"),
        (0.5, "found 2× more"),
        (1, "as claimed"),
    ],
)
def test_ratios_in_words(ratio: float, words: str) -> None:
    assert write_ratio(ratio) == words


def test_gaps_come_from_rows_whose_units_match(edition: Edition) -> None:
    claims = read_claims(edition)
    gaps = make_gaps(claims)
    comparable = [row for row in claims if row["log10_claimed_over_found"] is not None]
    assert len(gaps) == len(comparable) > 3
    for gap, row in zip(gaps, comparable, strict=True):
        assert log10(gap.ratio) == pytest.approx(row["log10_claimed_over_found"])


def test_a_found_interval_turns_round_into_a_ratio_interval() -> None:
    row = {
        "model": "M", "metric": None, "claim_type": "context_length", "outcome": "overstated",
        "claimed_value": 8000.0, "unit": "tokens", "found_value": 2000.0, "found_low": 0.0,
        "found_high": 4000.0,
    }  # fmt: skip
    gap = make_gap(row)
    assert (gap.ratio, gap.ratio_low, gap.ratio_high) == (4.0, 2.0, inf)


def test_vendor_chart_stacks_to_one_with_patterns_and_counts() -> None:
    pairs = [("A", "supported"), ("A", "overstated"), ("A", "overstated"), ("B", "refuted")]
    chart = make_vendor_chart(Counter(pairs))
    totals = [sum(trace.x[row] for trace in chart.figure.data) for row in (0, 1)]
    assert totals == pytest.approx([1, 1])
    assert chart.figure.layout.barmode == "stack"
    assert tuple(chart.figure.layout.xaxis.range) == (0, 1)
    patterns = [trace.marker.pattern.shape for trace in chart.figure.data]
    assert len(set(patterns)) == len(patterns) == 3
    assert "<b>▲ 2</b>" in chart.figure.data[1].text
    assert chart.finding == "3 of 4 settled claims fell short"
    assert "A: 1 supported, 2 overstated." in chart.caption


_POINTS = [
    Point(512, 1.0, 0.9, 1.0, 24),
    Point(1024, 0.9, 0.8, 0.95, 24),
    Point(4096, 0.3, 0.1, 0.5, 24),
]


_BOTH = [Threshold(0.85, "fixed score", "a rule"), Threshold(0.6, "own score", "another")]


def test_curve_has_a_log_axis_of_doublings_intervals_and_zero() -> None:
    figure = make_curve_chart(_POINTS, 8192, _BOTH).figure
    assert figure.layout.xaxis.type == "log"
    ticks = list(figure.layout.xaxis.tickvals)
    assert all(b == 2 * a for a, b in pairwise(ticks))
    assert figure.layout.yaxis.range[0] == 0
    score = next(trace for trace in figure.data if trace.name == "score")
    assert score.error_y.array == pytest.approx([0.0, 0.05, 0.2])
    assert score.error_y.arrayminus == pytest.approx([0.1, 0.1, 0.2])
    assert {shape.x0 for shape in figure.layout.shapes} >= {8192}
    assert {shape.y0 for shape in figure.layout.shapes} >= {0.85, 0.6}


def test_curve_says_where_the_answers_fall_below_the_rule() -> None:
    chart = make_curve_chart(_POINTS, 8192, [Threshold(0.85, "fixed score", "a rule")])
    assert chart.finding == "By 4,096 tokens the score is clearly below the threshold"
    assert "a rule" in chart.caption
    assert "24 questions" in chart.figure.data[1].hovertext[0]
    both = make_curve_chart(_POINTS, 8192, _BOTH)
    assert both.finding == "By 4,096 tokens the score is clearly below both thresholds"
    assert make_curve_chart(_POINTS[:1], None).finding.startswith("100% at 512")


def test_points_without_an_interval_are_drawn_without_one() -> None:
    points = [Point(512, 1.0, None, None, None), Point(1024, 0.5, None, None, None)]
    score = make_curve_chart(points, None, [Threshold(0.85, "r", "r")]).figure.data[1]
    assert list(score.error_y.array) == [None, None]


def test_thresholds_are_those_of_the_plans_rules(edition: Edition) -> None:
    curve = read_curve(edition, SMOL_CLAIM)
    points = [Point(r["context_tokens"], r["value"], r["low"], r["high"], r["n"]) for r in curve]
    assert [point.context_tokens for point in points] == [512, 1024, 2048, 4096, 8192]
    found = find_thresholds(points, "pln_smol", read_measurements(edition, SMOL_CLAIM))
    by_name = {threshold.rule.partition(":")[0]: threshold.score for threshold in found}
    assert by_name == {"absolute": 0.856, "relative": pytest.approx(0.85 * points[0].value)}
    assert find_thresholds(points, "other", read_measurements(edition, SMOL_CLAIM)) == []


def test_depth_map_counts_every_question_with_one_place(edition: Edition) -> None:
    rows = read_depths(edition, SMOL_CLAIM)
    trials = [row for row in read_trials(edition, SMOL_CLAIM) if row["depth"] is not None]
    assert sum(row["n"] for row in rows) == len(trials) > 100
    cells = [Cell(r["context_tokens"], r["part"], r["value"], r["n"]) for r in rows]
    chart = make_depth_chart(cells)
    heat = chart.figure.data[0]
    assert (heat.zmin, heat.zmax) == (0, 1)
    assert list(heat.x) == ["512", "1,024", "2,048", "4,096", "8,192"]
    assert "small sample (n)" in chart.caption
    one = make_depth_chart([Cell(512, 0, 0.5, 4), Cell(512, 4, 1.0, 4)])
    assert one.finding.startswith(
        "The score is best in the last fifth of the text (100%) and worst in the"
    )
