"""The memory curve, the breakdown of parameters, and what they are drawn from."""

import pytest

from dashboard.charts.memory_curve import Limit, Need, make_memory_chart
from dashboard.charts.parameters import RolePart, make_parameter_chart, write_count
from dashboard.reads import model_shapes
from dashboard.reads.published import Edition

SCOUT = "meta/llama-4-scout"
_GIB = 1024**3


def test_the_breakdown_of_a_model_adds_up(edition: Edition) -> None:
    parts = model_shapes.read_parts(edition, SCOUT)
    assert sum(part.parameters for part in parts) == 108_641_793_536
    assert sum(part.used for part in parts) == 17_172_894_720
    chart = make_parameter_chart(parts)
    assert chart.finding == "17.2 billion of 108.6 billion parameters are active for a token, 16%"
    assert "experts 96,636,764,160, active 6,039,797,760" in chart.caption
    used, idle = chart.figure.data
    assert [a + b for a, b in zip(used.x, idle.x, strict=True)] == sorted(
        part.parameters for part in parts
    )


def test_a_dense_model_uses_all_it_has() -> None:
    chart = make_parameter_chart([RolePart("dense", 100, 100), RolePart("norms<b>", 5, 5)])
    assert chart.finding == "All 105 parameters are active for every token"
    assert "norms&lt;b&gt;" in chart.figure.data[0].y


def test_the_memory_curve_says_in_what_it_fits(edition: Edition) -> None:
    needs, usable, hardware = model_shapes.read_needs(edition, SCOUT)
    limits = model_shapes.make_limits(model_shapes.read_limits(edition, SCOUT), hardware)
    chart = make_memory_chart(needs, limits, usable, hardware)
    assert chart.finding == (
        "Only the int4 version fits on one NVIDIA H100: up to about 235,328 tokens"
    )
    assert "bf16: weights 202.4 GiB, does not fit." in chart.caption
    assert chart.figure.layout.xaxis.type == chart.figure.layout.yaxis.type == "log"
    assert {trace.name for trace in chart.figure.data} == {"bf16", "fp8", "int4"}
    low, high = (min(trace.y[0] for trace in chart.figure.data), 10_000)
    assert all(low < 10**note.y < high for note in chart.figure.layout.annotations if note.y)
    for trace in chart.figure.data:
        assert list(trace.y) == sorted(trace.y)


def test_a_model_that_fits_nowhere_is_told_so() -> None:
    needs = [Need("bf16", tokens, 90 * _GIB, 80 * _GIB) for tokens in (1024, 4096)]
    chart = make_memory_chart(needs, [Limit("bf16", 0, 0, 0)], 70 * _GIB, "one <b>GPU")
    assert chart.finding == "It does not fit on one <b>GPU in any number format"
    assert "&lt;b&gt;" in chart.figure.layout.annotations[-1].text


def test_shaped_models_are_listed_with_their_counts(edition: Edition) -> None:
    rows = {row["id"]: row for row in model_shapes.read_shaped_models(edition)}
    assert rows[SCOUT]["total"] == 108_641_793_536
    assert rows["meta/llama-4-maverick"]["used"] == 17_184_691_200


def test_without_a_measurement_there_is_none(edition: Edition) -> None:
    assert model_shapes.read_measured_memory(edition, SCOUT) == []
    assert model_shapes.read_parts(edition, "nobody/nothing") == []
    assert model_shapes.read_needs(edition, "nobody/nothing") == ([], 0, "")


@pytest.mark.parametrize(
    ("count", "words"), [(950, "950"), (134_515_008, "134.5 million"), (1.03e12, "1.0 trillion")]
)
def test_counts_are_written_as_people_write_them(count: float, words: str) -> None:
    assert write_count(count) == words
