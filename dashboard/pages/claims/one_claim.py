"""One claim, at a permanent address: the verdict first, then the evidence for it."""

import streamlit as st

from dashboard.charts.frame import Chart
from dashboard.page import Page
from dashboard.parts import battles
from dashboard.parts.claim import copies, evidence, related, replies, sightings, testing
from dashboard.parts.claim.citation import name_page
from dashboard.parts.corrections import show_notes, show_withdrawn
from dashboard.parts.layout import (
    get_asked,
    get_edition,
    make_badge,
    show,
    show_empty,
    show_head,
    show_section,
)
from dashboard.reads.claims import read_claim, read_history
from dashboard.reads.corrections import find_new_id, read_page_corrections, read_withdrawal
from dashboard.reads.evidence import (
    read_changes,
    read_curve,
    read_depths,
    read_measurements,
    read_sightings,
    read_trials,
    read_vendor_replies,
)
from dashboard.reads.families import read_family_claims, read_roots
from dashboard.reads.published import Edition, Row
from dashboard.reads.ratings import read_battles, read_rating_series
from dashboard.wording.markup import Content, Html, join, link_page, make_facts, make_table, tag
from dashboard.wording.words import (
    ask_type,
    name_basis,
    name_key,
    name_result,
    name_type,
    write_day,
    write_interval,
    write_reading,
    write_result,
    write_time,
)
from kb.domain.speech import SPEECH_LABELS, SpeechKind
from kb.text.counting import count_things


def show_page() -> None:
    """Lay out the claim that the address asks for."""
    edition, key = get_edition(), get_asked("id")
    claim = _find_claim(edition, key) if key else None
    withdrawal = read_withdrawal(edition, key) if claim is None else None
    if withdrawal is not None:
        show_withdrawn(withdrawal)
        return
    if claim is None:
        show_head("Claim", "No such claim")
        asked = f"There is no claim {key}." if key else "The address does not say which claim."
        show_empty(f"{asked} Choose one from the list of claims.")
        show(tag("p", link_page("claims", "All claims")))
        return
    _show_verdict(claim)
    show_notes(read_page_corrections(edition, claim["claim_id"]))
    replies.show_replies(read_vendor_replies(edition, claim["claim_id"]))
    measurements = read_measurements(edition, claim["claim_id"])
    _show_beside(claim, [row for row in measurements if row["in_verdict"]])
    chart = _show_evidence(edition, claim, measurements)
    _show_history(read_history(edition, claim["claim_id"]))
    roots = read_roots(edition)
    family = read_family_claims(edition, claim, roots)
    related.show_related(claim, family, roots)
    copies.show_copies(edition, claim, chart)
    replies.show_ways_to_answer(claim["claim_id"])


def _find_claim(edition: Edition, key: str) -> Row | None:
    """The claim of an id, or the one that took its place."""
    found = read_claim(edition, key)
    if found is None and (new_id := find_new_id(edition, key)) is not None:
        return read_claim(edition, new_id)
    return found


def _show_verdict(claim: Row) -> None:
    kicker = f"{claim['vendor']} · {name_type(claim['claim_type'])}"
    show_head(kicker, name_page(claim))
    verdict = join(
        (
            make_badge(claim["outcome"], large=True),
            tag("p", claim["explanation"] or "This claim has not been judged yet."),
        )
    )
    show(tag("div", verdict, css="ac-verdict"))


def _show_beside(claim: Row, evidence: list[Row]) -> None:
    said, found = st.columns(2, gap="large")
    with said:
        show(
            _make_side(
                "Asked" if claim["question"] else "Claimed",
                tag("span", claim["claimed_text"]),
                _say_facts(claim),
            )
        )
    with found:
        show(_make_side("Found", _make_found(claim, evidence), _find_facts(claim)))


def _make_side(title: str, figure: Html, facts: Html) -> Html:
    return tag("div", tag("h2", title), tag("div", figure, css="ac-figure"), facts, css="ac-side")


def _make_found(claim: Row, evidence: list[Row]) -> Html:
    main = claim["found_metric"], claim["found_value"]
    in_its_unit = [row for row in evidence if row["unit"] == claim["unit"]]
    ordered = sorted(in_its_unit or evidence, key=lambda row: (row["metric"], row["value"]) != main)
    return join(_make_figure(row) for row in ordered) if ordered else tag("p", "No result yet")


def _make_figure(row: Row) -> Html:
    interval = write_interval(row["low"], row["high"], row["unit"])
    parts = (
        name_result(row),
        row["model"],
        interval and f"interval {interval}",
        row["n"] and f"n = {row['n']:,}",
        row["reported_by"] or name_basis(row["basis"]),
    )
    return tag("p", write_result(row), tag("small", " · ".join(part for part in parts if part)))


def _say_facts(claim: Row) -> Html:
    read_as = None if claim["claimed_value"] is None else write_reading(claim)
    pairs: list[tuple[str, Content]] = [
        ("Claimed by", None if claim["question"] else claim["said_by"]),
        ("On what ground", SPEECH_LABELS[SpeechKind(claim["said_as"])]),
        ("Why we ask", claim["question"]),
        ("Model", link_page("models", claim["model"], id=claim["model_id"])),
        ("Figure belongs to", _name_bearer(claim)),
        ("Question", ask_type(claim["claim_type"])),
        ("Read as", read_as),
        *evidence.list_conditions(claim["conditions"]),
        ("Number in our first list", claim["seed"]),
    ]
    return make_facts(pairs)


def _name_bearer(claim: Row) -> Content | None:
    """Whose figure it is, where a variant earned it."""
    if claim["figure_of_id"] is None:
        return None
    link = link_page("models", claim["figure_of"], id=claim["figure_of_id"])
    words = f" ({name_key(claim['figure_availability'])}): {claim['figure_reason']}"
    return join((link, tag("span", words)))


def _find_facts(claim: Row) -> Html:
    return make_facts(
        [
            ("Evidence", name_basis(claim["basis"])),
            ("Weights", name_key(claim["availability"])),
            ("Judged", write_day(claim["judged_at"]) if claim["judged_at"] else None),
        ]
    )


def _show_evidence(edition: Edition, claim: Row, measurements: list[Row]) -> Chart:
    """Show the evidence on the claim; return its main chart."""
    claim_id = claim["claim_id"]
    trials = read_trials(edition, claim_id)
    seen = read_sightings(edition, claim_id)
    testing.show_testing(claim, measurements)
    curves = evidence.make_curves(claim, read_curve(edition, claim_id), measurements)
    evidence.show_curves(curves, read_depths(edition, claim_id))
    series = read_rating_series(edition, claim)
    ratings = battles.make_rating_charts(series, claim, battles.find_first_day(seen))
    battles.show_ratings(ratings)
    sightings.show_sightings(seen)
    sightings.show_changes(read_changes(edition, claim_id))
    evidence.show_measurements(measurements)
    evidence.show_trials(trials)
    battles.show_battles(read_battles(edition, claim_id))
    return copies.find_main_chart(claim, [*curves.values(), *ratings.values()])


def _show_history(verdicts: list[Row]) -> None:
    show_section("Verdict history", count_things(len(verdicts), "verdict"))
    rows = [
        (write_time(row["judged_at"]), make_badge(row["outcome"]), row["explanation"], row["rule"])
        for row in verdicts
    ]
    if rows:
        show(make_table(("Date", "Verdict", "Why", "Rule"), rows))
    else:
        show_empty("There is no verdict yet. Run `kb judge` and `kb publish`.")


PAGE = Page("Claim", "claim", show_page)
