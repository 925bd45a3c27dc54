"""Vendors: a track record of each, and one vendor with its models, claims and timeline."""

from collections import Counter

from dashboard.page import Group, Page
from dashboard.parts.claim_list import make_claims_table
from dashboard.parts.events import show_time_line
from dashboard.parts.layout import (
    get_asked,
    get_edition,
    show,
    show_empty,
    show_head,
    show_section,
)
from dashboard.parts.track_record import (
    CAUTION,
    make_record,
    make_record_facts,
    make_track_record,
    write_share,
)
from dashboard.reads.claims import read_vendor_claims
from dashboard.reads.events import read_events
from dashboard.reads.overview import Overview, read_overview
from dashboard.reads.published import Edition, Row
from dashboard.wording.markup import Content, link_page, make_table, tag
from kb.text.counting import count_things


def show_page() -> None:
    """Lay out the list, or the vendor that the address asks for."""
    edition, asked = get_edition(), get_asked("id")
    own = read_vendor_claims(edition, asked) if asked else []
    if own:
        _show_vendor(edition, asked, own)
    else:
        _show_list(read_overview(edition), asked)


def _show_list(overview: Overview, asked: str) -> None:
    show_head(
        "Vendors", "Claims about each vendor's models: how many held up", "In alphabetical order."
    )
    if asked:
        show_empty(f"There are no claims about models from {asked}. Choose a vendor from the list.")
    if not overview.claims:
        show_empty("There are no claims yet. Run `kb load`, `kb judge` and `kb publish`.")
        return
    vendors = sorted(overview.vendors.items(), key=lambda pair: pair[0].lower())
    heads = (
        "Vendor",
        "Claims",
        "Held up",
        "Fell short",
        "Unresolved or not testable",
        "Share that held up",
    )
    show(make_table(heads, (_make_cells(*pair) for pair in vendors), css="ac-models"))
    show(tag("p", CAUTION, css="ac-caption"))


def _make_cells(vendor: str, outcomes: Counter[str]) -> list[Content]:
    record = make_record(outcomes)
    return [
        link_page("vendors", vendor, id=vendor),
        f"{outcomes.total():,}",
        f"{record.held:,}",
        f"{record.fell:,}",
        f"{record.unsettled:,}",
        write_share(record),
    ]


def _show_vendor(edition: Edition, vendor: str, claims: list[Row]) -> None:
    models = {row["model_id"]: row["model"] for row in claims}
    told = f"{count_things(len(claims), 'claim')} about {count_things(len(models), 'model')}."
    show_head("Vendor", vendor, told)
    show_section("Track record")
    show(make_record_facts(make_track_record(claims)))
    show_section("Models")
    links = (tag("li", link_page("models", name, id=key)) for key, name in sorted(models.items()))
    show(tag("ul", *links))
    show_section("Claims", count_things(len(claims), "claim"))
    show(make_claims_table(claims))
    show_time_line(read_events(edition, claim_ids=[row["claim_id"] for row in claims]))


PAGE = Page("Vendors", "vendors", show_page, Group.MODELS, order=10)
