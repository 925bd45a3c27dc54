"""What happened and when: said, tested, judged anew, edited, withdrawn; as rows and as a list."""

from collections.abc import Iterable, Sequence
from datetime import date

from dashboard.parts.layout import make_badge, show, show_empty, show_section
from dashboard.reads.published import Edition, Row, Value, read_rows
from dashboard.wording.markup import Content, Html, join, link_page, tag
from dashboard.wording.outcome_marks import find_mark
from dashboard.wording.words import word_claim, write_day

# A claim stands for all that say the same; days may be partial (2025, 2025-04).
_CHANGED = """
    select strftime(h.gone_at, '%Y-%m-%d'), h.fate, h.claim_id, h.publisher,
        h.replaced_by_text, null
    from claim_changes h where h.fate =
"""
_EVENTS = {
    "said": """
        select coalesce(s.said_on, cast(o.published_on as varchar)), 'said', g.canonical_id,
            s.said_by, o.publisher, null
        from current_sightings s join claim_group g on g.claim_id = s.claim_id
        join source o on o.id = s.source_id
    """,
    "tested": """
        select coalesce(strftime(x.measured_at, '%Y-%m-%d'), x.as_of), 'tested', v.claim_id,
            coalesce(x.reported_by, 'As Claimed'), null, null
        from current_verdicts v join verdict_evidence e on e.verdict_id = v.id
        join measurement x on x.id = e.measurement_id
    """,
    "judged": """
        select strftime(w.judged_at, '%Y-%m-%d'), 'judged', w.claim_id, w.outcome,
            w.explanation, b.outcome
        from verdict w join verdict b on b.id = w.supersedes_id
    """,
    "edited": f"{_CHANGED} 'edited'",
    "withdrawn": f"{_CHANGED} 'withdrawn'",
}
_TOLD = """
    with happened(day, kind, claim_id, who, detail, outcome_before) as ({events})
    select h.*, v.model, v.model_id, v.vendor, v.claimed_text, v.claimed_value, v.metric,
        v.claim_type
    from happened h join claims_vs_reality v on v.claim_id = h.claim_id
    where h.day is not null
"""
_OF_CLAIMS = " and h.claim_id in (select unnest(?))"
_ORDERED = " order by h.day desc, h.claim_id, h.kind, h.who"
_MOST_EVENTS = 60
CHANGES = ("judged", "edited", "withdrawn")


def read_events(
    edition: Edition,
    kinds: Sequence[str] = tuple(_EVENTS),
    claim_ids: Sequence[str] | None = None,
    most: int | None = None,
) -> list[Row]:
    """Events of these kinds, of all claims or of these, that have a day; newest first."""
    values = list[Value]()
    query = _TOLD.format(events=" union ".join(_EVENTS[kind] for kind in kinds))
    if claim_ids is not None:
        query += _OF_CLAIMS
        values.append(tuple(claim_ids))
    window = "" if most is None else f" limit {int(most)}"
    return read_rows(edition, query + _ORDERED + window, *values)


def show_time_line(events: list[Row]) -> None:
    """Show what was said, tested and changed, newest first."""
    show_section("Said, tested, changed", "What has a day, newest first.")
    if not events:
        show_empty("Nothing with a day is on record.")
        return
    show(make_event_list(events[:_MOST_EVENTS]))
    if len(events) > _MOST_EVENTS:
        show(tag("p", f"And {len(events) - _MOST_EVENTS} before; each claim's page has its own."))


def make_event_list(events: Iterable[Row]) -> Html:
    """Return the events as a list; each opens its claim's page."""
    return tag("ol", *(_make_event(row) for row in events), css="ac-events")


def _make_event(row: Row) -> Html:
    claim = f"{row['model']}: {word_claim(row)}"
    return tag(
        "li",
        tag("time", write_partial_day(row["day"]), css="ac-day"),
        tag("div", link_page("claim", claim, id=row["claim_id"]), tag("p", _tell(row))),
    )


def _tell(row: Row) -> Content:
    if row["kind"] == "said":
        where = "" if row["detail"] == row["who"] else f", in {row['detail']}"
        return f"Said by {row['who']}{where}."
    if row["kind"] == "tested":
        return f"Tested by {row['who']}."
    if row["kind"] == "judged":
        return _tell_verdict(row)
    if row["kind"] == "edited":
        return f"Edited by {row['who']}; it now says {row['detail']}."
    return f"Withdrawn by {row['who']}: the page no longer says it."


def _tell_verdict(row: Row) -> Html:
    before = find_mark(row["outcome_before"]).word.lower()
    same = row["who"] == row["outcome_before"]
    words = " as before, on other evidence. " if same else f" instead of {before}. "
    return join((make_badge(row["who"]), tag("span", words), tag("span", row["detail"])))


def write_partial_day(day: str) -> str:
    """Return a day, month or year in words: 5 April 2025, April 2025, 2025."""
    parts = str(day)[:10].split("-")
    if len(parts) == 3:
        return write_day("-".join(parts))
    if len(parts) == 2:
        return f"{date(int(parts[0]), int(parts[1]), 1):%B %Y}"
    return parts[0]
