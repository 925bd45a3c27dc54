"""Memory: where a model's parameters are, and how much memory it needs."""

from dashboard.charts.memory_curve import make_memory_chart
from dashboard.charts.parameters import make_parameter_chart, write_count
from dashboard.page import Group, Page
from dashboard.parts.layout import (
    get_asked,
    get_edition,
    show,
    show_chart,
    show_empty,
    show_head,
    show_section,
)
from dashboard.reads import model_shapes
from dashboard.reads.published import Edition, Row
from dashboard.wording.markup import Content, link_out, link_page, make_table
from kb.text.counting import count_things

_GIB = 1024**3
_STANDFIRST = (
    "Computed from each model's architecture: the number and size of its layers. You can check "
    "whether a model fits a machine without owning the machine."
)


def show_page() -> None:
    """Lay out the list, or the model that the address asks for."""
    edition, asked = get_edition(), get_asked("id")
    models = model_shapes.read_shaped_models(edition)
    model = next((row for row in models if row["id"] == asked), None)
    if model is not None:
        _show_model(edition, model)
    else:
        _show_list(models, asked)


def _show_list(models: list[Row], asked: str) -> None:
    show_head("Memory", "How big models are, and how much memory they need", _STANDFIRST)
    if asked:
        show_empty(f"The architecture of {asked} is not on record. Choose a model from the list.")
    if not models:
        show_empty("No architectures are on record yet. Run `kb load` and `kb publish`.")
        return
    counted = count_things(len(models), "model")
    show_section(
        "Models with a known architecture",
        f"{counted}. Choose one to see how much memory it needs.",
    )
    heads = ("Model", "Vendor", "Parameters", "Active parameters")
    show(make_table(heads, (_make_cells(row) for row in models), css="ac-shapes"))


def _make_cells(row: Row) -> list[Content]:
    name = link_page("memory", row["name"], id=row["id"])
    return [name, row["vendor"], write_count(row["total"]), write_count(row["used"])]


def _show_model(edition: Edition, model: Row) -> None:
    show_head(f"{model['vendor']} · Memory", model["name"], _STANDFIRST)
    show(link_page("models", "Everything on record about this model", id=model["id"]))
    show_section("Where its parameters are")
    show_chart(make_parameter_chart(model_shapes.read_parts(edition, model["id"])), "parameters")
    _show_memory(edition, model["id"])
    _show_measured(model_shapes.read_measured_memory(edition, model["id"]))


def _show_memory(edition: Edition, model_id: str) -> None:
    show_section("How much memory it needs")
    needs, usable, hardware = model_shapes.read_needs(edition, model_id)
    rows = model_shapes.read_limits(edition, model_id)
    if needs:
        limits = model_shapes.make_limits(rows, hardware)
        show_chart(make_memory_chart(needs, limits, usable, hardware), "memory")
    if rows:
        heads = ("Hardware", "Number format", "Longest prompt, tokens", "Range", "n", "Source")
        show(make_table(heads, (_make_limit(row) for row in rows), css="ac-limits"))


def _make_limit(row: Row) -> list[Content]:
    fits = f"{row['value']:,.0f}" if row["high"] else "does not fit"
    bounds = f"{row['low']:,.0f} to {row['high']:,.0f}" if row["high"] else ""
    source = link_out(row["url"], row["title"]) if row["url"] else ""
    return [row["hardware"], row["precision"], fits, bounds, f"{row['n']} {row['n_unit']}", source]


def _show_measured(rows: list[Row]) -> None:
    show_section("Measured here", "The server's peak memory at each context limit we tried.")
    if not rows:
        show_empty("Not measured on this machine yet. Run `kb measure-memory`.")
        return
    heads = ("Context limit", "Number format", "Outcome", "Peak, GiB", "Predicted, GiB",
             "Cache, tokens", "Predicted, tokens", "Hardware")  # fmt: skip
    show(make_table(heads, (_make_measured(row) for row in rows), css="ac-memory"))


def _make_measured(row: Row) -> list[Content]:
    outcome = row["outcome"] if row["outcome"] == "fits" else f"{row['outcome']}: {row['words']}"
    peak = _write_gib(row["peak_bytes"])
    if row["peak_bytes"] and row["peak_high_bytes"]:
        samples = count_things(row["samples"], "sample")
        peak += f" (at most {_write_gib(row['peak_high_bytes'])}; {samples})"
    return [
        f"{row['window_tokens']:,}",
        row["precision"],
        outcome,
        peak,
        _write_gib(row["predicted_bytes"]),
        _write_count(row["cache_tokens"]),
        _write_count(row["predicted_tokens"]),
        row["hardware"],
    ]


def _write_gib(size: float | None) -> str:
    return f"{size / _GIB:,.2f}" if size else ""


def _write_count(count: float | None) -> str:
    return f"{count:,.0f}" if count else ""


PAGE = Page("Memory", "memory", show_page, Group.MODELS, order=50)
