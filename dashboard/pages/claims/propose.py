"""A form for readers: propose a claim, reply as the vendor, report a mistake."""

import time
from dataclasses import dataclass

import streamlit as st

from dashboard.page import Group, Page
from dashboard.parts.layout import get_asked, show, show_head
from dashboard.parts.proposing import Receipt, send_proposal
from dashboard.wording.markup import tag
from kb.domain.claim_types import CLAIM_TYPES
from kb.domain.drafts import SourceKind
from kb.settings import load_settings

_KINDS = {"claim": "Propose a claim", "reply": "Reply as the vendor", "mistake": "Report a mistake"}
_TYPES = {kind.name: kind.label for kind in CLAIM_TYPES}
_OPENED, _TRAP = "propose_opened_at", "propose_website"


@dataclass(frozen=True)
class _Field:
    name: str
    label: str
    most: int = 120
    is_long: bool = False
    choices: dict[str, str] | None = None


_CLAIM = _Field("claim", "Claim number, such as clm_… or S01", 20)
FIELDS: dict[str, tuple[_Field, ...]] = {
    "claim": (
        _Field("url", "Link to the source that makes the claim", 1000),
        _Field("source_kind", "Type of source",
               choices={kind.value: kind.value.replace("_", " ") for kind in SourceKind}),
        _Field("publisher", "Publisher"),
        _Field("model", "Model name, as the vendor spells it"),
        _Field("vendor", "Vendor"),
        _Field("type", "Type of claim", choices=_TYPES),
        _Field("metric", "Benchmark, if the claim is a score (optional)"),
        _Field("claimed", "The claim: the figure as written, or a few words", 300),
        _Field("said_by", "Who makes the claim"),
        _Field("said_on", "Date, such as 2026-01-31 (optional)", 10),
        _Field("quote", "A short quote from the source, word for word", 160),
    ),
    "reply": (
        _CLAIM,
        _Field("vendor", "Vendor you speak for"),
        _Field("said_by", "Your name or office"),
        _Field("text", "The reply", 2000, is_long=True),
        _Field("url", "A page on the vendor's own site that says so", 1000),
        _Field("said_on", "Date, such as 2026-01-31 (optional)", 10),
    ),
    "mistake": (
        _Field("claim", "Claim number, if it concerns one (optional)", 20),
        _Field("text", "What is wrong, and what is right", 2000, is_long=True),
        _Field("url", "A page that shows it (optional)", 1000),
    ),
}  # fmt: skip


def show_page() -> None:
    """Lay out the form that the address asks for."""
    show_head(
        "Propose", "Add a claim, report a mistake or reply as the vendor",
        "A person reads everything you send. A vendor's reply is shown beside the verdict and does "
        "not replace it. Please give no personal data, other than a name that may be published.",
    )  # fmt: skip
    asked = get_asked("kind")
    kind = st.segmented_control(
        "What do you want to do?", list(_KINDS), default=asked if asked in _KINDS else "claim",
        format_func=_KINDS.__getitem__, required=True,
    )  # fmt: skip
    st.session_state.setdefault(_OPENED, time.monotonic())
    receipt = _show_form(kind)
    if receipt is not None:
        _show_receipt(receipt)


def _show_form(kind: str) -> Receipt | None:
    with st.form(f"propose_{kind}"):
        values = {field.name: _ask(kind, field) for field in FIELDS[kind]}
        with st.container(key="ac-trap"):
            trap = st.text_input(
                "Leave this field empty (it is there to catch automated spam)",
                key=f"{_TRAP}_{kind}",
                max_chars=100,
            )
        is_sent = st.form_submit_button("Send")
    if not is_sent:
        return None
    return send_proposal(
        load_settings(), {"kind": kind, **values}, client=st.context.ip_address or "this machine",
        opened_at=st.session_state[_OPENED], trap=trap,
    )  # fmt: skip


def _ask(kind: str, field: _Field) -> str:
    key = f"propose_{kind}_{field.name}"
    if field.choices is not None:
        return st.selectbox(
            field.label, list(field.choices), key=key, format_func=field.choices.__getitem__
        )
    if field.is_long:
        return st.text_area(field.label, key=key, max_chars=field.most)
    asked = get_asked("claim")[: field.most] if field.name == "claim" else ""
    return st.text_input(field.label, asked, key=key, max_chars=field.most)


def _show_receipt(receipt: Receipt) -> None:
    lines = [tag("p", line) for line in receipt.lines]
    show(tag("div", *lines, css="ac-empty", role="status" if receipt.is_taken else "alert"))


PAGE = Page("Propose", "propose", show_page, Group.CONTRIBUTE, order=10)
