"""Models: the list of them, and one model with its releases, claims and results."""

from itertools import groupby

from dashboard.page import Group, Page
from dashboard.parts.battles import show_battles
from dashboard.parts.claim.evidence import join_conditions, list_conditions, write_when
from dashboard.parts.claim_list import make_claims_table
from dashboard.parts.corrections import show_notes
from dashboard.parts.events import show_time_line
from dashboard.parts.layout import (
    get_asked,
    get_edition,
    show,
    show_empty,
    show_head,
    show_section,
)
from dashboard.parts.track_record import make_record_facts, make_track_record
from dashboard.reads.claims import read_model_claims
from dashboard.reads.corrections import find_new_id, read_page_corrections
from dashboard.reads.events import read_events
from dashboard.reads.models import read_model_measurements, read_models, read_releases
from dashboard.reads.published import Edition, Row
from dashboard.reads.ratings import read_model_battles
from dashboard.wording.markup import Content, Html, link_out, link_page, make_facts, make_table, tag
from dashboard.wording.words import (
    name_basis,
    name_key,
    name_result,
    write_day,
    write_exact,
    write_interval,
    write_result,
)
from kb.text.counting import count_things


def show_page() -> None:
    """Lay out the list, or the model that the address asks for."""
    edition, asked = get_edition(), get_asked("id")
    models = read_models(edition)
    wanted = {asked, find_new_id(edition, asked)} if asked else set()
    model = next((row for row in models if row["id"] in wanted), None)
    if model is not None:
        _show_model(edition, model)
    else:
        _show_list(models, asked)


def _show_list(models: list[Row], asked: str) -> None:
    show_head("Models", "Every model on record", "Each is listed with whether you can get it.")
    if asked:
        show_empty(f"There is no model {asked}. Choose one from the list.")
    if not models:
        show_empty("There are no models yet. Run `kb load` and `kb publish`.")
    for vendor, rows in groupby(models, key=lambda row: str(row["vendor"])):
        show_section(vendor)
        heads = ("Model", "Availability", "Claims", "Results", "Releases")
        show(make_table(heads, (_make_cells(row) for row in rows), css="ac-models"))


def _make_cells(row: Row) -> list[Content]:
    note = tag("small", row["note"]) if row["note"] else None
    name = tag("span", link_page("models", row["name"], id=row["id"]), note)
    counts = (row["claims"], row["measurements"], row["releases"])
    return [name, name_key(row["availability"]), *(f"{count:,}" for count in counts)]


def _show_model(edition: Edition, model: Row) -> None:
    show_head(f"{model['vendor']} · Model", model["name"], model["note"])
    show(_make_model_facts(model))
    show_notes(read_page_corrections(edition, model["id"]))
    _show_releases(read_releases(edition, model["id"]))
    claims = read_model_claims(edition, model["id"])
    show_section("Track record")
    show(make_record_facts(make_track_record(claims)))
    show_section("Claims", count_things(len(claims), "claim"))
    if claims:
        show(make_claims_table(claims))
    else:
        show_empty(
            "There are no claims about this model yet. CONTRIBUTING.md shows how to add one."
        )
    show_time_line(read_events(edition, claim_ids=[row["claim_id"] for row in claims]))
    _show_results(read_model_measurements(edition, model["id"]))
    show_battles(read_model_battles(edition, model["id"]))


def _make_model_facts(model: Row) -> Html:
    url, title = model["availability_url"], model["availability_title"]
    parent = model["variant_of"]
    return make_facts(
        [
            ("Availability", name_key(model["availability"])),
            ("Source", link_out(url, title) if url else None),
            ("Variant of", link_page("models", parent, id=parent) if parent else None),
            ("Also called", ", ".join(model["aliases"] or [])),
            ("Not the same as", ", ".join(model["not_the_same_as"] or [])),
            (
                "Weights and memory",
                link_page("memory", "its parameters, and the memory it needs", id=model["id"]),
            ),
            ("Compare", link_page("compare", "with another model", a=model["id"])),
            ("Vendor", link_page("vendors", model["vendor"], id=model["vendor"])),
            ("Permanent id", tag("code", model["id"])),
        ]
    )


def _show_releases(releases: list[Row]) -> None:
    show_section("Releases", "What you can download.")
    if not releases:
        show_empty(
            "No release is on record. Run `kb crawl` to look for one, or name one in a record file."
        )
    show(tag("div", *(_make_release(row) for row in releases), css="ac-cards"))


def _make_release(row: Row) -> Html:
    digest = row["manifest_sha256"]
    day = row["published_on"]
    facts = make_facts(
        [
            ("Revision", tag("code", row["revision"]) if row["revision"] else None),
            ("Published", write_day(str(day)) if day else None),
            ("Format", " · ".join(part for part in (row["format"], row["precision"]) if part)),
            ("Manifest, fingerprint (SHA-256)", tag("code", digest) if digest else None),
            ("Source", link_out(row["url"], row["title"] or row["publisher"])),
            *list_conditions({k: v for k, v in (row["facts"] or {}).items() if k != "config"}),
        ]
    )
    return tag("article", tag("h3", row["repository"]), facts, css="ac-card")


def _show_results(results: list[Row]) -> None:
    show_section("Results", count_things(len(results), "result"))
    if not results:
        show_empty("Nothing has been measured yet. Run `kb verify`.")
        return
    heads = ("Measure", "Result", "Interval", "n", "Found by", "Date", "Conditions", "Source")
    show(make_table(heads, (_make_result(row) for row in results), css="ac-results"))


def _make_result(row: Row) -> list[Content]:
    return [
        name_result(row),
        write_result(row),
        write_interval(row["low"], row["high"], row["unit"]),
        f"{write_exact(row['n'])} {row['n_unit'] or ''}" if row["n"] else "",
        tag("span", row["reported_by"] or "As Claimed", tag("small", name_basis(row["basis"]))),
        write_when(row),
        tag("small", join_conditions(row["conditions"])),
        link_out(row["url"], row["title"] or row["publisher"]) if row["url"] else "",
    ]


PAGE = Page("Models", "models", show_page, Group.MODELS, order=20)
