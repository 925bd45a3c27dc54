"""The evidence for a verdict: curves, measurements and raw answers."""

from itertools import groupby
from typing import Any

import streamlit as st

from dashboard.charts.curve import Point, Threshold, make_curve_chart
from dashboard.charts.depths import Cell, make_depth_chart
from dashboard.charts.frame import Chart
from dashboard.parts.events import write_partial_day
from dashboard.parts.layout import show, show_chart, show_empty, show_section
from dashboard.reads.published import Row
from dashboard.wording.markup import Content, Html, link_out, make_facts, make_table, tag
from dashboard.wording.words import (
    name_basis,
    name_key,
    name_result,
    write_day,
    write_exact,
    write_interval,
    write_result,
    write_time,
)
from kb.text.counting import count_things

_THRESHOLDS = {"absolute": "fixed score", "relative": "share of the model's own score"}


def make_curves(claim: Row, curve: list[Row], measurements: list[Row]) -> dict[str, Chart]:
    """Return the score against prompt length as a chart, for each plan that has scores."""
    charts = {}
    for plan_id, rows in groupby(curve, key=lambda row: row["plan_id"]):
        points = [
            Point(row["context_tokens"], row["value"], row["low"], row["high"], row["n"])
            for row in rows
            if row["value"] is not None
        ]
        if points:
            thresholds = find_thresholds(points, plan_id, measurements)
            charts[plan_id] = make_curve_chart(points, claim["claimed_value"], thresholds)
    return charts


def show_curves(curves: dict[str, Chart], depths: list[Row]) -> None:
    """Show the score against prompt length, and by place in the text, for each plan."""
    for plan_id in dict.fromkeys([*curves, *(row["plan_id"] for row in depths)]):
        if plan_id in curves:
            show_section("Score by prompt length")
            show_chart(curves[plan_id], f"curve-{plan_id}")
        cells = [
            Cell(row["context_tokens"], row["part"], row["value"], row["n"])
            for row in depths
            if row["plan_id"] == plan_id
        ]
        if cells:
            show_section("Score by position in the text")
            show_chart(make_depth_chart(cells), f"depths-{plan_id}")


def find_thresholds(points: list[Point], plan_id: str, measurements: list[Row]) -> list[Threshold]:
    """Return the thresholds that the plan's rules set.

    A relative rule asks for a share of the score at the shortest prompt, an absolute one for a
    score.
    """
    found = []
    for row in measurements:
        rule = str((row["conditions"] or {}).get("rule") or "")
        kind = rule.partition(":")[0]
        asked = ((row.get("parameters") or {}).get("rules") or {}).get(kind)
        if row["plan_id"] == plan_id and row["metric"] == "effective_context" and asked:
            score = asked * points[0].value if kind == "relative" else asked
            found.append(Threshold(score, _THRESHOLDS.get(kind, kind), rule))
    return found


def show_measurements(measurements: list[Row]) -> None:
    """Show every result on the claim; those that the verdict rests on come first."""
    show_section("Results", count_things(len(measurements), "result"))
    if not measurements:
        show_empty("There are no results yet. If you know of a published one, send it to us.")
        return
    heads = ("Measure", "Result", "Interval", "n", "Found by", "Date", "Conditions", "Source")
    show(make_table(heads, (_make_cells(row) for row in measurements), css="ac-results"))
    ours = {row["environment_id"]: row for row in measurements if row["environment_id"]}
    for row in ours.values():
        show(tag("h3", f"Engine and hardware: {_name_test(row)}"), _make_environment(row))


def _make_cells(row: Row) -> list[Content]:
    return [
        tag("span", name_result(row), tag("small", _name_role(row))),
        tag("span", write_result(row), tag("small", f"rank {row['rank']}" if row["rank"] else "")),
        write_interval(row["low"], row["high"], row["unit"]),
        _count_sample(row["n"], row["n_unit"]) if row["n"] else "",
        tag("span", row["reported_by"] or "As Claimed", tag("small", name_basis(row["basis"]))),
        write_when(row),
        tag("span", row["model"], tag("small", join_conditions(row["conditions"]))),
        link_out(row["url"], row["title"] or row["publisher"]) if row["url"] else _name_plan(row),
    ]


def _count_sample(n: float, unit: str | None) -> str:
    noun = unit or ""
    return f"{write_exact(n)} {noun.removesuffix('s') if n == 1 else noun}".strip()


def _name_role(row: Row) -> str:
    if row["in_verdict"]:
        return "used for the verdict"
    return "measured for this claim" if row["plan_id"] else "also on record"


def write_when(row: Row) -> Html:
    """Return the day of a result: when we measured it, or when it was reported to hold."""
    day = row["measured_at"].date().isoformat() if row["measured_at"] else row["as_of"]
    return tag("span", write_partial_day(day) if day else "", css="ac-day")


def _name_plan(row: Row) -> str:
    if row["probe"] is None:
        return ""
    return f"{row['probe']} v{row['probe_version']}, seed {row['plan_seed']}, {row['plan_id']}"


def list_conditions(conditions: dict[str, Any] | None) -> list[tuple[str, Content]]:
    """Return conditions as terms and what they are."""
    return [
        (name_key(key).capitalize(), _write_condition(value))
        for key, value in (conditions or {}).items()
        if value is not None
    ]


def join_conditions(conditions: dict[str, Any] | None) -> str:
    """Return conditions in one line."""
    return " · ".join(f"{key.lower()}: {value}" for key, value in list_conditions(conditions))


def _write_condition(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return write_exact(value) if isinstance(value, int | float) else str(value)


def _name_test(row: Row) -> str:
    day = row["measured_at"]
    return f"{row['probe']}, {write_day(day)}" if day else str(row["probe"])


def _make_environment(row: Row) -> Html:
    engine = f"{row['engine']} {row['engine_version'] or ''}".strip()
    window = row["served_window_tokens"]
    return make_facts(
        [
            ("Engine", engine),
            ("Hardware", row["hardware"]),
            ("Number format", row["dtype"]),
            ("Context limit", f"{window:,} tokens" if window else None),
            ("Release", " @ ".join(part for part in (row["repository"], row["revision"]) if part)),
            (
                "Weights (SHA-256)",
                tag("code", row["weights_sha256"] or "not recorded"),
            ),
            ("Chat template (SHA-256)", tag("code", row["template_sha256"] or "none")),
            ("Settings", join_conditions(row["settings"])),
            ("Settings of the test", join_conditions(row["parameters"])),
        ]
    )


def _write_score(score: float) -> str:
    mark = "✓" if score == 1 else "✕" if score == 0 else "◐"
    return f"{mark} {score:.0%}"


def show_trials(trials: list[Row]) -> None:
    """Show every raw answer, folded away."""
    if not trials:
        return
    heads = (
        "Tokens",
        "Task",
        "Position",
        "Expected",
        "Answer",
        "Score",
        "Asked",
        "Prompt, fingerprint (SHA-256)",
    )
    rows = (
        (
            f"{row['prompt_tokens']:,}",
            row["task"].replace("_", " "),
            "several places" if row["depth"] is None else f"{row['depth']:.0%}",
            ", ".join(row["expected"] or ()),
            tag("bdi", row["answer"]),
            _write_score(row["score"]),
            write_time(row["asked_at"]),
            tag("code", row["prompt_sha256"][:12]),
        )
        for row in trials
    )
    with st.expander(f"Raw answers ({len(trials):,})"):
        show(make_table(heads, rows, css="ac-trials"))
