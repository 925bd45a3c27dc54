"""Two models side by side: what was claimed and found, by type of claim."""

from collections.abc import Iterable

import streamlit as st

from dashboard.page import Group, Page
from dashboard.parts.layout import (
    get_asked,
    get_edition,
    make_badge,
    show,
    show_empty,
    show_head,
    show_section,
)
from dashboard.parts.track_record import CAUTION, make_track_record, write_share
from dashboard.reads.claims import read_model_claims
from dashboard.reads.models import read_models
from dashboard.reads.published import Edition, Row
from dashboard.wording.markup import Html, join, link_page, make_table, tag
from dashboard.wording.words import name_metric, name_type, write_interval, write_result
from kb.text.counting import count_things
from kb.text.plain_text import show_hidden

_STANDFIRST = "What was claimed and what was found, by type of claim. You can share the link."
_NOTHING = "There are no claims about either model. Choose two others."


def show_page() -> None:
    """Lay out the two models that the address asks for, or ask which."""
    edition = get_edition()
    models = {row["id"]: row for row in read_models(edition) if row["claims"]}
    first, second = get_asked("a"), get_asked("b")
    known = first in models and second in models
    title = (
        f"{models[first]['name']} and {models[second]['name']}, side by side"
        if known
        else "Two models"
    )
    show_head("Compare", title, _STANDFIRST)
    first, second = _ask_models(models, first, second)
    if first in models and second in models:
        _show_both(edition, models[first], models[second])
    else:
        missing = [key for key in (first, second) if key and key not in models]
        told = "".join(f"There are no claims about {key}. " for key in missing)
        show_empty(f"{told}Choose two models.")


def _ask_models(models: dict[str, Row], *asked: str) -> tuple[str, str]:
    """Return the models that are chosen; the address says which."""
    chosen = []
    for column, key, given in zip(st.columns(2), ("a", "b"), asked, strict=True):
        with column:
            choice = st.selectbox(
                "First model" if key == "a" else "Second model",
                list(models),
                index=list(models).index(given) if given in models else None,
                format_func=lambda key: show_hidden(
                    f"{models[key]['name']} ({models[key]['vendor']})"
                ),
                placeholder="Choose a model",
                key=f"compare-{key}",
            )
            if choice and choice != given:
                st.query_params[key] = choice
                st.rerun()
            chosen.append(choice or given)
    return chosen[0], chosen[1]


def _show_both(edition: Edition, first: Row, second: Row) -> None:
    sides = [
        [row for row in read_model_claims(edition, key) if row["model_id"] == key]
        for key in (first["id"], second["id"])
    ]
    kinds = dict.fromkeys(_name_kind(row) for row in sorted((*sides[0], *sides[1]), key=_sort_key))
    show_section("Claimed and found", f"{count_things(len(kinds), 'type')} of claim.")
    heads = ("Type of claim", show_hidden(first["name"]), show_hidden(second["name"]))
    if not kinds:
        show_empty(_NOTHING)
        return
    rows = [
        [kind, *(_make_cell(row for row in side if _name_kind(row) == kind) for side in sides)]
        for kind in kinds
    ]
    shares = [write_share(make_track_record(side)) for side in sides]
    show(make_table(heads, [*rows, ["Share that held up", *shares]], css="ac-compare"))
    show(tag("p", CAUTION, css="ac-caption"))


def _sort_key(row: Row) -> tuple[bool, str]:
    """Kinds with a figure found come first."""
    return row["found_metric"] is None, _name_kind(row).lower()


def _name_kind(row: Row) -> str:
    kind, metric = name_type(row["claim_type"]), row["metric"]
    return f"{kind}: {name_metric(metric).removeprefix('Score on ')}" if metric else kind


def _make_cell(rows: Iterable[Row]) -> Html:
    found = [_make_claim(row) for row in rows]
    return join(found) if found else tag("span", "Nothing on record", css="ac-dim")


def _make_claim(row: Row) -> Html:
    said = link_page("claim", row["claimed_text"], id=row["claim_id"])
    return tag("div", tag("p", "Claimed: ", said), tag("p", tell_found(row)),
               make_badge(row["outcome"]))  # fmt: skip


def tell_found(row: Row) -> str:
    """Return the figure that was found, if the claim is one of its unit, or the verdict's words."""
    if row["found_metric"] is None:
        return "Found: nothing yet"
    is_figure = row["claimed_value"] is not None and row["unit"] == row["found_unit"]
    if not is_figure and row["found_text"] is None:
        return str(row["explanation"])
    interval = write_interval(row["found_low"], row["found_high"], row["found_unit"])
    count = f"n = {row['found_n']:,}" if row["found_n"] and interval else ""
    told = ", ".join(part for part in (interval, count, row["found_by"]) if part)
    return f"Found: {write_result(row, 'found_')} ({told})"


PAGE = Page("Compare", "compare", show_page, Group.MODELS, order=30)
