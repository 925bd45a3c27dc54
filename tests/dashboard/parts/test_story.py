"""The front page's sentences are made of the data, and what changed lately is told with its day."""

from pathlib import Path

import pytest

from dashboard.parts.events import make_event_list, write_partial_day
from dashboard.parts.figures import tell_figures, tell_finders
from dashboard.reads.claims import read_claim
from dashboard.reads.events import CHANGES, CORRECTIONS, read_events
from dashboard.reads.figures import read_figures
from dashboard.reads.published import Edition, find_edition
from kb.settings import Settings
from kb.store.database import open_session
from kb.store.insert import insert_once, make_row
from kb.tables import Measurement
from tests.dashboard.sample_edition import SMOL, SMOL_CLAIM, make_edition, republish


@pytest.mark.parametrize(
    ("key", "words", "by"),
    [
        (
            "S01",
            "Claimed: 10 million tokens. Longest context a provider lists: 3,500,000. Longest "
            "prompt accepted: 900,000. Trained context: 256,000. Effective context: 1,000.",
            "According to models.dev, Meta and Adobe Research.",
        ),
        (
            "S09",
            "Claimed: 1,417 Elo points. Llama 4 Maverick 03-26 Experimental, never released: 1,403 "
            "(1,394 to 1,415). Llama 4 Maverick, released: 1,273 (1,261 to 1,283).",
            "According to LMArena.",
        ),
    ],
)
def test_a_gap_is_told_in_figures(edition: Edition, key: str, words: str, by: str) -> None:
    claim = read_claim(edition, key)
    assert claim is not None
    figures = read_figures(edition, [claim["claim_id"]])[claim["claim_id"]]
    assert tell_figures(claim, figures) == words
    assert tell_finders(figures) == by


def test_only_figures_in_the_unit_of_the_claim_are_told(edition: Edition) -> None:
    rows = read_figures(edition, [SMOL_CLAIM])[SMOL_CLAIM]
    assert {row["unit"] for row in rows} == {"tokens"}  # the cost of the test is a proportion
    assert len({row["metric"] for row in rows}) == len(rows)


def test_events_are_dated_and_open_their_claims(edition: Edition) -> None:
    events = read_events(edition)
    assert [row["day"] for row in events] == sorted((row["day"] for row in events), reverse=True)
    assert {row["kind"] for row in events} == {"said", "tested", "corrected"}
    assert {row["kind"] for row in read_events(edition, CORRECTIONS)} == {"corrected"}
    told = make_event_list(row for row in events if row["claim_id"] == SMOL_CLAIM)
    assert "2 November 2024" in told
    assert "Said by HuggingFaceTB, in Hugging Face." in told
    assert "Tested by As Claimed." in told
    assert f'href="./claim?id={SMOL_CLAIM}"' in told


def test_a_verdict_given_anew_is_news(tmp_path: Path) -> None:
    make_edition(tmp_path, hostile=False)
    with open_session(Settings(home=tmp_path).url) as session:
        more = make_row(
            Measurement, id="mea_served", model_id=SMOL, source_id="src_smolcard",
            basis="reported_by_others", metric="served_context", value=4096.0, unit="tokens",
            reported_by="A provider", as_of="2026-11-20",
        )  # fmt: skip
        insert_once(session, [more])
        session.commit()
    edition = find_edition(republish(tmp_path))
    news = read_events(edition, CHANGES)
    assert [(row["claim_id"], row["kind"]) for row in news] == [(SMOL_CLAIM, "judged")]
    told = make_event_list(news)
    assert "as before, on new evidence" in told
    assert "4,096 tokens at a provider by the list of A provider" in told
    (turned,) = ({**row, "before": "inconclusive"} for row in news)
    assert "(was: not settled)" in make_event_list([turned])


def test_what_a_vendor_did_to_a_claim_is_told() -> None:
    row = {
        "day": "2025-04", "kind": "edited", "claim_id": "clm_1", "who": "<Vendor>",
        "detail": "8K tokens", "before": None, "model": "M", "claimed_value": 1.0,
        "claimed_text": "10M tokens", "metric": None, "claim_type": "context_length",
    }  # fmt: skip
    assert "Edited by &lt;Vendor&gt;, which now says 8K tokens." in make_event_list([row])
    assert "Withdrawn by &lt;Vendor&gt;" in make_event_list([{**row, "kind": "withdrawn"}])


def test_days_are_as_exact_as_they_are_known() -> None:
    days = [write_partial_day(day) for day in ("2025-04-05", "2025-04", "2025")]
    assert days == ["5 April 2025", "April 2025", "2025"]
