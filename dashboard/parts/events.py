"""A timeline: when claims were made, tested, edited or withdrawn, and verdicts revised."""

from collections.abc import Iterable
from datetime import date

from dashboard.parts.layout import make_badge, show, show_empty, show_section
from dashboard.reads.published import Row
from dashboard.wording.markup import Content, Html, join, link_page, tag
from dashboard.wording.outcome_marks import find_mark
from dashboard.wording.words import word_claim, write_day
from kb.text.counting import count_things

_MOST_EVENTS = 60


def show_time_line(events: list[Row]) -> None:
    """Show what was said, tested and changed, newest first."""
    show_section("Timeline", "Dated events, newest first.")
    if not events:
        show_empty("There are no dated events.")
        return
    show(make_event_list(events[:_MOST_EVENTS]))
    if len(events) > _MOST_EVENTS:
        show(
            tag(
                "p",
                f"{count_things(len(events) - _MOST_EVENTS, 'earlier event')} not shown; see each "
                "claim's page.",
            )
        )


def make_event_list(events: Iterable[Row]) -> Html:
    """Return the events as a list; each opens its claim's page."""
    return tag("ol", *(_make_event(row) for row in events), css="ac-events")


def _make_event(row: Row) -> Html:
    return tag(
        "li",
        tag("time", write_partial_day(row["day"]), css="ac-day"),
        tag("div", _make_link(row), tag("p", _tell(row))),
    )


def _make_link(row: Row) -> Html:
    """To the claim; a correction may be of a model, or of a claim that we took back."""
    if row["claimed_text"] is not None:
        return link_page("claim", f"{row['model']}: {word_claim(row)}", id=row["claim_id"])
    if row["kind"] == "taken_back":
        return link_page("claim", f"{row['model']}: {row['before']}", id=row["claim_id"])
    return link_page("models", row["model"], id=row["model_id"])


def _tell(row: Row) -> Content:
    if row["kind"] == "said":
        where = "" if row["detail"] == row["who"] else f", in {row['detail']}"
        return f"Said by {row['who']}{where}."
    if row["kind"] == "tested":
        verb = "Tested" if row["who"] == "As Claimed" else "Reported"
        return f"{verb} by {row['who']}."
    if row["kind"] == "judged":
        return _tell_verdict(row)
    if row["kind"] in ("corrected", "taken_back"):
        verb = "Corrected" if row["kind"] == "corrected" else "Taken back"
        return f"{verb} by us: {row['detail']}"
    if row["kind"] == "edited":
        return f"Edited by {row['who']}, which now says {row['detail']}."
    return f"Withdrawn by {row['who']}: the page no longer makes this claim."


def _tell_verdict(row: Row) -> Html:
    before = find_mark(row["before"]).word.lower()
    same = row["who"] == row["before"]
    words = ", as before, on new evidence. " if same else f" (was: {before}). "
    return join((make_badge(row["who"]), tag("span", words), tag("span", row["detail"])))


def write_partial_day(day: str) -> str:
    """Return a day, month or year in words: 5 April 2025, April 2025, 2025."""
    parts = str(day)[:10].split("-")
    if len(parts) == 3:
        return write_day("-".join(parts))
    if len(parts) == 2:
        return f"{date(int(parts[0]), int(parts[1]), 1):%B %Y}"
    return parts[0]
