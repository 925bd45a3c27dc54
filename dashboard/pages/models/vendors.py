"""Who claims what: a track record of each maker of claims, and one of them with its claims."""

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
from dashboard.reads.claims import read_claims_by, read_claims_by_others
from dashboard.reads.events import read_events
from dashboard.reads.overview import Overview, read_overview
from dashboard.reads.published import Edition, Row
from dashboard.wording.markup import Content, link_page, make_table, tag
from kb.text.counting import count_things

_HEADS = (
    "Claims",
    "Held up",
    "Fell short",
    "Unresolved or not testable",
    "Share that held up",
)
_RULE = (
    "A vendor answers for a claim only if a document of its own makes it, or a document quotes the "
    "vendor making it."
)


def show_page() -> None:
    """Lay out the list, or the vendor that the address asks for."""
    edition, asked = get_edition(), get_asked("id")
    own = read_claims_by(edition, asked) if asked else []
    others = read_claims_by_others(edition, asked) if asked else []
    if own or others:
        _show_vendor(edition, asked, own, others)
    else:
        _show_list(read_overview(edition), asked)


def _show_list(overview: Overview, asked: str) -> None:
    show_head("Vendors", "Who made the claims, and how many held up", "In alphabetical order.")
    if asked:
        show_empty(f"There are no claims by {asked}, or about its models. Choose from the list.")
    if not overview.claims:
        show_empty("There are no claims yet. Run `kb load`, `kb judge` and `kb publish`.")
        return
    makers = sorted(overview.makers.items(), key=lambda pair: pair[0].lower())
    vendors = [pair for pair in makers if pair[0] in overview.vendors]
    third_parties = [pair for pair in makers if pair[0] not in overview.vendors]
    show_section("Vendors", _RULE)
    _show_makers("Vendor", vendors)
    if third_parties:
        show_section("Everybody else", "Claims that others make about vendors' models.")
        _show_makers("Speaker", third_parties)
    show(tag("p", CAUTION, css="ac-caption"))


def _show_makers(head: str, makers: list[tuple[str, Counter[str]]]) -> None:
    show(make_table((head, *_HEADS), (_make_cells(*pair) for pair in makers), css="ac-models"))


def _make_cells(maker: str, outcomes: Counter[str]) -> list[Content]:
    record = make_record(outcomes)
    return [
        link_page("vendors", maker, id=maker),
        f"{outcomes.total():,}",
        f"{record.held:,}",
        f"{record.fell:,}",
        f"{record.unsettled:,}",
        write_share(record),
    ]


def _show_vendor(edition: Edition, maker: str, own: list[Row], others: list[Row]) -> None:
    claims = [*own, *others]
    models = {row["model_id"]: row["model"] for row in claims}
    told = f"{count_things(len(own), 'claim')} by {maker}."
    if others:
        told += f" {count_things(len(others), 'claim')} by others about its models."
    show_head("Vendor" if others else "Speaker", maker, told)
    show_section("Track record", _RULE)
    show(make_record_facts(make_track_record(own)))
    show_section("Models")
    links = (tag("li", link_page("models", name, id=key)) for key, name in sorted(models.items()))
    show(tag("ul", *links))
    show_section(f"Claims by {maker}", count_things(len(own), "claim"))
    show(make_claims_table(own))
    if others:
        show_section(
            "Said by others, read in releases, or asked by us", "None of these counts above."
        )
        show(make_claims_table(others))
    show_time_line(read_events(edition, claim_ids=[row["claim_id"] for row in claims]))


PAGE = Page("Vendors", "vendors", show_page, Group.MODELS, order=10)
