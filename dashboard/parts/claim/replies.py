"""Vendors' replies to a claim: shown below the verdict, which they leave as it is."""

from dashboard.parts.layout import show, show_section
from dashboard.reads.published import Row
from dashboard.wording.markup import Html, link_out, link_page, make_facts, tag
from dashboard.wording.words import write_day
from kb.text.counting import count_things


def show_replies(replies: list[Row]) -> None:
    """Show each reply with who gave it, when, and where; nothing where there is none."""
    if not replies:
        return
    number = count_things(len(replies), "reply", "replies")
    note = f"{number}. A reply changes neither the claim nor the evidence."
    show_section("The vendor's side", note)
    show(tag("div", *(_make_reply(row) for row in replies), css="ac-cards"))


def _make_reply(row: Row) -> Html:
    facts = make_facts(
        [
            ("Vendor", row["vendor"]),
            ("Said by", row["said_by"]),
            ("Date", write_day(str(row["said_on"])) if row["said_on"] else "no date"),
            ("Source", link_out(row["url"])),
            ("Accepted", f"{write_day(row['accepted_at'])}, by {row['accepted_by']}"),
        ]
    )
    return tag("article", tag("blockquote", tag("bdi", row["text"])), facts, css="ac-card")


def show_ways_to_answer(claim_id: str) -> None:
    """Say how a reader or the vendor can answer to the page."""
    reply = link_page("propose", "Reply as the vendor", kind="reply", claim=claim_id)
    mistake = link_page("propose", "Report a mistake", kind="mistake", claim=claim_id)
    show(tag("p", reply, " · ", mistake))
