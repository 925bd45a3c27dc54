"""Review by an editor: a reading beside the words around it, and what the editor decides."""

import time
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.page import Page
from dashboard.parts.deciding import find_words_around, is_editor, list_decided, send_decisions
from dashboard.parts.layout import get_edition, show, show_empty, show_head
from dashboard.parts.unreviewed import MARK, name_kind
from dashboard.reads.published import Edition, Row
from dashboard.reads.unreviewed import find_snapshot, read_unreviewed
from dashboard.wording.markup import link_out, make_facts, tag
from kb.domain.claim_types import CLAIM_TYPES
from kb.domain.review.statements import find_table
from kb.settings import Settings, load_settings

_GUESSED_S = 1.0  # guessing is slow
_CLOSED = (
    "This page is closed: no editor's token is set. Start the dashboard with a long random one: "
    "`KB_EDITOR_TOKEN=… kb dashboard`"
)
_SKIPPED, _TOLD = "review_skipped", "review_told"
_REASONS = {
    "accepted": "the words say so",
    "rejected": "the words do not say this",
    "mended": "the words say something else",
}
_SCOPES = {"one": "This reading", "table": "Its whole table", "document": "Its whole document"}
_PARTS = {
    "model": "Model",
    "vendor": "Its vendor, if the model is new",
    "claimed": "Value, with its unit",
    "type": "Claim type",
    "metric": "Test, for a score",
}
_TYPES = ("", *(kind.name for kind in CLAIM_TYPES))


def show_page() -> None:
    """Lay out the next reading for who knows the token; else only say how to come in."""
    show_head(
        "Review", "What machines read",
        "Nothing here is shown to readers as a claim before an editor accepts it.",
    )  # fmt: skip
    settings = load_settings()
    if settings.editor_token is None:
        show_empty(_CLOSED)
        return
    token = st.text_input("Editor's token", type="password", key="review_token", max_chars=200)
    if not token:
        show_empty("Enter the editor's token.")
        return
    if not is_editor(settings.editor_token, token):
        time.sleep(_GUESSED_S)
        show_empty("That is not the editor's token.")
        return
    _show_next(settings, token)


def _show_next(settings: Settings, token: str) -> None:
    edition = get_edition()
    by = st.text_input("Your name; it is kept with each decision", key="review_by", max_chars=120)
    text = st.text_input("Only readings with these words", key="review_text", max_chars=200)
    if told := st.session_state.pop(_TOLD, None):
        show_empty(told)
    done = list_decided(settings) | st.session_state.setdefault(_SKIPPED, set())
    waiting = [row for row in read_unreviewed(edition, text) if row["reading_id"] not in done]
    if not waiting:
        show_empty("Nothing waits for review here.")
        return
    row = waiting[0]
    show(tag("p", f"{len(waiting):,} wait. {MARK}.", css="ac-note"))
    _show_reading(settings, edition, row)
    _ask_decision(settings, token, by, row, waiting)


def _show_reading(settings: Settings, edition: Edition, row: Row) -> None:
    around = find_words_around(settings, row, find_snapshot(edition, row["snapshot_id"] or ""))
    words = tag(
        "blockquote", tag("span", around.before), tag("mark", tag("bdi", around.quote)),
        tag("span", around.after),
    )  # fmt: skip
    facts = make_facts(
        [
            (
                "Read as",
                f"{row['model']} ({row['vendor']}): {name_kind(row)} {row['claimed_text']}",
            ),
            ("Said by", row["said_by"]),
            ("Location", row["locator"]),
            ("Source", link_out(row["source_url"], row["publisher"])),
            ("Found by", row["extractor"]),
            ("Note", around.note),
        ]
    )
    show(tag("article", words, facts, css="ac-card"))


def _ask_decision(
    settings: Settings, token: str, by: str, row: Row, waiting: Sequence[Row]
) -> None:
    key = row["reading_id"]
    scope = st.radio(
        "Decide", list(_SCOPES), key=f"review_scope_{key}", horizontal=True,
        format_func=lambda name: f"{_SCOPES[name]} ({len(_choose(name, row, waiting))})",
    )  # fmt: skip
    reason = st.text_input("Reason (optional)", key=f"review_reason_{key}", max_chars=300)
    with st.expander("What the words really say (only to mend)"):
        mended = {name: _ask_part(name, label, key) for name, label in _PARTS.items()}
    buttons = {"accepted": "Accept", "rejected": "Reject", "mended": "Mend", "skip": "Skip"}
    columns = st.columns(len(buttons))
    for column, (name, label) in zip(columns, buttons.items(), strict=True):
        with column:
            is_pressed = st.button(label, key=f"review_{name}_{key}", width="stretch")
        if is_pressed:
            values = {"decision": name, "by": by, "scope": scope, "mended": _keep(name, mended)}
            values["reason"] = reason or _REASONS.get(name, "")
            _carry_out(settings, token, _choose(scope, row, waiting), values)


def _ask_part(name: str, label: str, key: str) -> str:
    place = f"review_{name}_{key}"
    if name == "type":
        return st.selectbox(label, _TYPES, key=place)
    return st.text_input(label, key=place, max_chars=120)


def _keep(decision: str, mended: Mapping[str, str]) -> dict[str, str] | None:
    return {k: v for k, v in mended.items() if v} if decision == "mended" else None


def _choose(scope: str, row: Row, waiting: Sequence[Row]) -> list[str]:
    """The readings that are decided with this one."""
    same = {
        "one": ("reading_id",),
        "table": ("snapshot_id", "locator_of_table"),
        "document": ("snapshot_id",),
    }[scope]
    wanted = [_get(row, name) for name in same]
    if None in wanted:
        return []
    return [other["reading_id"] for other in waiting if [_get(other, n) for n in same] == wanted]


def _get(row: Row, name: str) -> object:
    return find_table(row["locator"]) if name == "locator_of_table" else row[name]


def _carry_out(
    settings: Settings, token: str, keys: Sequence[str], values: Mapping[str, object]
) -> None:
    if values["decision"] == "skip":
        st.session_state[_SKIPPED].update(keys)
    else:
        try:
            st.session_state[_TOLD] = send_decisions(settings, token, keys, values)
        except (PermissionError, ValueError) as error:
            st.session_state[_TOLD] = f"Not kept: {error}"
    st.rerun()


PAGE = Page("Review", "review", show_page)
