"""Promises: what vendors announced for later, and whether they kept their word."""

from datetime import date

from dashboard.page import Group, Page
from dashboard.parts.events import write_partial_day
from dashboard.parts.layout import (
    get_edition,
    make_badge,
    show,
    show_empty,
    show_head,
    show_section,
)
from dashboard.reads.claims import read_promises
from dashboard.reads.events import read_events
from dashboard.reads.published import Row, read_about
from dashboard.wording.markup import Content, link_page, make_table, tag
from dashboard.wording.words import word_claim, write_day
from kb.domain.outcomes import Outcome
from kb.text.counting import count_things

_NONE = "No promises on record. A record file marks one with `promised`."
KEPT, LATE, OPEN, DECIDED = "Kept", "Overdue", "Open", "Settled another way"


def show_page() -> None:
    """Lay out the promises, overdue ones first."""
    edition = get_edition()
    promises = read_promises(edition)
    day = str(read_about(edition).get("data_date") or "")[:10]
    groups = group_promises(promises, day)
    show_head("Promises", "What was promised, and what became of it", _tell(groups))
    if not promises:
        show_empty(_NONE)
    keys = [row["claim_id"] for row in promises]
    said = {row["claim_id"]: row["day"] for row in read_events(edition, ("said",), keys)}
    for state, rows in groups.items():
        if rows:
            show_section(state, count_things(len(rows), "promise"))
            heads = ("Promise", "Model", "Made on", "Due", "Verdict", "Why")
            cells = (_make_cells(row, said.get(row["claim_id"])) for row in rows)
            show(make_table(heads, cells, css="ac-models"))


def group_promises(promises: list[Row], day: str) -> dict[str, list[Row]]:
    """Return promises by what became of them, as of a day, ISO."""
    groups: dict[str, list[Row]] = {LATE: [], OPEN: [], KEPT: [], DECIDED: []}
    for row in promises:
        groups[find_state(row, day)].append(row)
    return groups


def find_state(promise: Row, day: str) -> str:
    """Return whether a promise was kept, is overdue or open, or was settled another way."""
    if promise["outcome"] == Outcome.SUPPORTED:
        return KEPT
    if promise["outcome"] not in (Outcome.PENDING, Outcome.UNTESTED, None):
        return DECIDED
    promised_for = promise["conditions"].get("promised_for")
    is_past = promised_for and day and date.fromisoformat(promised_for) < date.fromisoformat(day)
    return LATE if is_past else OPEN


def _tell(groups: dict[str, list[Row]]) -> str:
    """How many promises are in each state, in one sentence."""
    told = (_count_state(state, len(rows)) for state, rows in groups.items() if rows)
    return f"{'; '.join(told)}." if any(groups.values()) else ""


def _count_state(state: str, count: int) -> str:
    verb = "was" if count == 1 else "were"
    verbs = {LATE: "is" if count == 1 else "are", OPEN: "is still" if count == 1 else "are still"}
    return f"{count_things(count, 'promise')} {verbs.get(state, verb)} {state.lower()}"


def _make_cells(row: Row, said: str | None) -> list[Content]:
    promised_for = row["conditions"].get("promised_for")
    return [
        link_page("claim", word_claim(row), id=row["claim_id"]),
        tag("span", link_page("models", row["model"], id=row["model_id"]),
            tag("small", row["vendor"])),
        tag("span", write_partial_day(said) if said else "not known", css="ac-day"),
        tag("span", write_day(promised_for) if promised_for else "no date given", css="ac-day"),
        make_badge(row["outcome"]),
        row["explanation"],
    ]  # fmt: skip


PAGE = Page("Promises", "promises", show_page, Group.CLAIMS, order=20)
