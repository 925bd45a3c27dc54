"""Where a claim was made: the quote, who said it, when, where, and the copy it was read from."""

from dashboard.parts.layout import show, show_empty, show_section
from dashboard.reads.published import Row
from dashboard.wording.markup import Content, Html, link_out, link_page, make_facts, make_table, tag
from dashboard.wording.words import name_key, write_day, write_time
from kb.domain.speech import Passing
from kb.text.counting import count_things


def show_sightings(sightings: list[Row]) -> None:
    """Show where the claim was seen, word for word."""
    show_section(
        "Where it was said, reported or disputed", count_things(len(sightings), "sighting")
    )
    if not sightings:
        show_empty("No sightings on record.")
    show(tag("div", *(_make_sighting(row) for row in sightings), css="ac-cards"))


def show_changes(changes: list[Row]) -> None:
    """Show where the claim was edited or withdrawn since it was first seen; nothing if nowhere."""
    if not changes:
        return
    show_section("Edited or withdrawn", "Sources that no longer make this claim.")
    heads = ("Source", "Last seen", "Gone by", "What happened", "First snapshot without it")
    show(make_table(heads, (_make_change(row) for row in changes)))


def _make_change(row: Row) -> list[Content]:
    instead = f"edited; it now says {row['replaced_by_text']}"
    return [
        link_out(row["url"], row["publisher"]),
        write_time(row["last_seen_at"]),
        write_time(row["gone_at"]),
        "withdrawn" if row["replaced_by"] is None else instead,
        tag("code", row["gone_id"]),
    ]


def _make_sighting(row: Row) -> Html:
    quote = tag("blockquote", tag("bdi", row["quote"])) if row["quote"] else Html("")
    said_on = row["said_on"] or (str(row["published_on"]) if row["published_on"] else "not known")
    facts = make_facts(
        [
            ("Disputed by" if row["disputes"] else "Said by", row["said_by"]),
            ("Passing on", _name_attribution(row)),
            ("Whose figure", row["figure_of"]),
            ("Beware", row["note"]),
            ("Date", said_on),
            ("Source", link_out(row["url"], row["title"] or row["publisher"])),
            ("Publisher", f"{row['publisher']} ({name_key(row['kind'])})"),
            ("Location", row["locator"]),
            ("Snapshot" if row["snapshot_sha256"] else "Text", _make_snapshot(row)),
            ("In context", _link_snapshot(row)),
            ("Recorded in" if _is_record(row) else "Found by", _name_origin(row)),
            ("Review", _write_review(row)),
        ]
    )
    return tag("article", quote, facts, css="ac-card")


def _name_attribution(row: Row) -> Content:
    """Whom the document quotes or reports, with the words that say so."""
    if row["attributed_to"] is None:
        return None
    of = f" of {row['attributed_org']}" if row["attributed_org"] else ""
    verb = "quotes" if row["attribution"] == Passing.QUOTED else "reports"
    words = f"{verb} {row['attributed_to']}{of}: “{row['attribution_words']}”"
    return tag("bdi", words)


def _write_review(row: Row) -> Content:
    """Who reviewed what a machine read, and what was mended."""
    review = row["review"]
    if review is None:
        return None
    by = f"by {review['author']} on {write_day(review['decided_at'])}: {review['reason']}"
    if review["state"] != "mended":
        return f"read by a machine, accepted {by}"
    said = review["said"]
    before = f"{said['model']}: {name_key(said['kind'])} {said['claimed']}"
    return f"read by a machine as “{before}”, mended {by}"


def _is_record(row: Row) -> bool:
    return str(row["extractor"]).startswith("record:")


def _name_origin(row: Row) -> str:
    return name_key(str(row["extractor"]).removeprefix("record:"))


def _link_snapshot(row: Row) -> Content:
    if row["snapshot_id"] is None:
        return None
    words = "the archived page, showing the quotation"
    return link_page("snapshot", words, id=row["snapshot_id"], sighting=row["id"])


def _make_snapshot(row: Row) -> Content:
    if row["snapshot_sha256"]:
        fetched = write_time(row["fetched_at"])
        return tag("code", f"{row['snapshot_id']} · sha256 {row['snapshot_sha256']} · {fetched}")
    if row["text_sha256"]:
        read_on = write_day(str(row["read_on"])) if row["read_on"] else "an unknown day"
        return tag("code", f"read on {read_on}, no copy kept · sha256 {row['text_sha256']}")
    return None
