"""What a reader can take from a claim's page: a citation, BibTeX, JSON and a picture."""

from collections.abc import Sequence

import streamlit as st

from dashboard.charts.card import make_card
from dashboard.charts.frame import Chart
from dashboard.charts.gap import make_gap_chart
from dashboard.charts.picture import HEIGHT, SCALE, WIDTH, make_picture
from dashboard.parts.claim.citation import name_edition, name_page, write_bibtex, write_citation
from dashboard.parts.gaps import make_gaps
from dashboard.parts.layout import make_permalink, show, show_section
from dashboard.reads.claim_json import make_claim_json
from dashboard.reads.published import Edition, Row, read_about
from dashboard.wording.markup import tag
from dashboard.wording.outcome_marks import find_mark
from kb.domain.speech import SpeechKind
from kb.text.plain_text import show_hidden

_HOW = "To save the picture, use the camera button at its top right."


def find_main_chart(claim: Row, charts: Sequence[Chart]) -> Chart:
    """Return the first of the claim's own charts, else its gap; a card where it has no figures."""
    if charts:
        return charts[0]
    if gaps := make_gaps([claim]):
        return make_gap_chart(gaps)
    is_question = claim["said_as"] == SpeechKind.QUESTION
    who = "A question of ours" if is_question else f"{claim['said_by']} said"
    names = ("claimed_text", "outcome", "explanation")
    return make_card(who, *(claim[name] for name in names))


def show_copies(edition: Edition, claim: Row, chart: Chart) -> None:
    """Show the citation, and what can be downloaded."""
    show_section("Cite this", "This address is permanent.")
    about, address = read_about(edition), make_permalink(f"claim?id={claim['claim_id']}")
    st.code(write_citation(claim, about, address), language=None, wrap_lines=True)
    with st.expander("BibTeX"):
        st.code(write_bibtex(claim, about, address), language=None, wrap_lines=True)
    with st.expander("Download this verdict as an image"), st.container(key="picture"):
        _show_picture(claim, chart, f"As Claimed, {name_edition(about)}", address)
    st.download_button(
        "Download JSON",
        lambda: make_claim_json(edition, claim),  # made when it is asked for
        file_name=f"{claim['claim_id']}.json",
        mime="application/json",
        on_click="ignore",
    )


def _show_picture(claim: Row, chart: Chart, source: str, address: str) -> None:
    form = st.radio("Format", ("PNG", "SVG"), horizontal=True, key="picture-format")
    show(tag("p", _HOW, css="ac-note"))
    verdict = find_mark(claim["outcome"]).word
    lines = (f"Verdict: {verdict}. {show_hidden(source)}.", address)
    options = {
        "format": form.lower(), "filename": claim["claim_id"], "width": WIDTH, "height": HEIGHT,
        "scale": SCALE if form == "PNG" else 1,
    }  # fmt: skip
    st.plotly_chart(
        make_picture(chart, name_page(claim), lines),
        theme=None,
        width=WIDTH,
        config={
            "displayModeBar": True,
            "displaylogo": False,
            "modeBarButtons": [["toImage"]],
            "toImageButtonOptions": options,
        },
        key="picture-chart",
        alt=f"{chart.caption} {' '.join(lines)}",
    )
