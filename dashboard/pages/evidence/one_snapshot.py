"""One snapshot, at a permanent address: a page as it was fetched, and the quotes found in it."""

from dashboard.page import Page
from dashboard.parts.layout import (
    get_asked,
    get_edition,
    show,
    show_empty,
    show_head,
    show_section,
)
from dashboard.reads.published import Row, read_rows
from dashboard.wording.markup import Html, join, link_out, link_page, make_facts, tag
from dashboard.wording.words import word_claim, write_exact, write_time
from kb.text.counting import count_things

_SNAPSHOT = """
    select n.*, o.url, o.publisher, o.title from snapshot n join source o on o.id = n.source_id
    where n.id = ?
"""
_LATER = "select id from snapshot where previous_id = ? order by id"
_QUOTES = """
    select s.*, v.model, v.claimed_text, v.claimed_value, v.metric, v.claim_type,
        v.claim_id as shown_id
    from current_sightings s join claim_group g on g.claim_id = s.claim_id
    join claims_vs_reality v on v.claim_id = g.canonical_id
    where s.snapshot_id = ? order by s.id <> ?, s.quote_start nulls last, s.id
"""
_WHOLE = (
    "We do not republish the page, since it is somebody else's work. Anyone with the archive can "
    "find it in the WARC file named here, check it against the SHA-256, and find each quote at its "
    "offsets, which count the characters of the text."
)


def show_page() -> None:
    """Lay out the snapshot that the address asks for, the asked sighting first."""
    edition, key, sighting = get_edition(), get_asked("id"), get_asked("sighting")
    found = read_rows(edition, _SNAPSHOT, key)
    if not found:
        show_head("Snapshot", "No such snapshot")
        show_empty(f"There is no snapshot {key}. Choose one from the list of sources.")
        show(tag("p", link_page("sources", "All sources")))
        return
    row = found[0]
    show_head("Snapshot", str(row["title"] or row["publisher"]), "The page as it was fetched.")
    quotes = read_rows(edition, _QUOTES, key, sighting)
    show_section("Quotes", f"{count_things(len(quotes), 'quote')} on record.")
    if not quotes:
        show_empty(
            "No claim was read from this snapshot, or a later reading replaced the one that found "
            "it."
        )
    show(tag("div", *(_make_quote(quote) for quote in quotes), css="ac-cards"))
    show_section("The archived page")
    later = read_rows(edition, _LATER, key)
    show(
        _make_bytes(row, [snapshot["id"] for snapshot in later]), tag("p", _WHOLE, css="ac-caption")
    )


def _make_quote(row: Row) -> Html:
    quote = tag("blockquote", tag("bdi", row["quote"])) if row["quote"] else Html("")
    place = None
    if row["quote_start"] is not None:
        place = f"{write_exact(row['quote_start'])} to {write_exact(row['quote_end'])}"
    claim = link_page("claim", f"{row['model']}: {word_claim(row)}", id=row["shown_id"])
    facts = [("Claim", claim), ("Offsets", place), ("Location", row["locator"]),
             ("Said by", row["said_by"]), ("Found by", row["extractor"])]  # fmt: skip
    return tag("article", quote, make_facts(facts), css="ac-card")


def _make_bytes(row: Row, later: list[str]) -> Html:
    previous = [row["previous_id"]] if row["previous_id"] else []
    return make_facts(
        [
            ("Address", link_out(row["url"])),
            ("Redirected to", link_out(row["served_from"]) if row["served_from"] else None),
            ("Publisher", row["publisher"]),
            ("Fetched", write_time(row["fetched_at"])),
            ("Fingerprint (SHA-256)", tag("code", row["sha256"])),
            ("WARC file", tag("code", row["archive_name"])),
            ("Size in bytes", write_exact(row["size_bytes"])),
            ("Media type", row["media_type"]),
            ("HTTP status", row["http_status"]),
            ("Previous snapshot", _link(previous)),
            ("Next snapshot", _link(later)),
            ("Permanent id", tag("code", row["id"])),
        ]
    )


def _link(ids: list[str]) -> Html | None:
    return (
        join(link_page("snapshot", snapshot_id, id=snapshot_id) for snapshot_id in ids)
        if ids
        else None
    )


PAGE = Page("Snapshot", "snapshot", show_page)
