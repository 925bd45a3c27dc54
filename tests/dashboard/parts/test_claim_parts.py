"""What a claim's page tells of its test, of claims beside it, and what a reader takes along."""

import re
from typing import Any

import pytest

from dashboard.charts.card import make_card
from dashboard.charts.picture import HEIGHT, WIDTH, make_picture
from dashboard.parts.claim.citation import write_bibtex, write_citation
from dashboard.parts.claim.copies import find_main_chart
from dashboard.parts.claim.evidence import make_curves
from dashboard.parts.claim.related import contradict, find_related
from dashboard.parts.claim.testing import tell_margin, tell_tests
from dashboard.reads.claims import read_claim
from dashboard.reads.evidence import read_curve, read_measurements, read_trials
from dashboard.reads.families import read_roots
from dashboard.reads.published import Edition, read_about
from dashboard.wording.outcome_marks import find_mark
from kb.rules.discovery import find_rules
from tests.dashboard.sample_edition import HOSTILE_CLAIM, SMOL_CLAIM, read_claims

ADDRESS = "http://127.0.0.1:8501/claim?id=clm_1"


def get_claim(edition: Edition, key: str) -> dict[str, Any]:
    claim = read_claim(edition, key)
    assert claim is not None
    return claim


def test_a_test_here_is_told_with_its_questions_lengths_and_rules(edition: Edition) -> None:
    trials = read_trials(edition, SMOL_CLAIM)
    rows = read_measurements(edition, SMOL_CLAIM)
    told = " ".join(tell_tests(rows))
    assert f"asked {len(trials):,} questions" in told
    assert "512, 1,024, 2,048, 4,096 and 8,192 tokens" in told
    assert "a mean of 85.6%" in told
    assert "85% of what it scored on the shortest texts" in told
    assert "Probe: context_ladder, version 1, seed 7." in told


def test_what_others_report_is_told_as_theirs(edition: Edition) -> None:
    claim = get_claim(edition, "S01")
    others, vendor = tell_tests(read_measurements(edition, claim["claim_id"]))
    assert others.startswith("Reported elsewhere, not repeated by us: ")
    assert "Adobe Research (10 April 2025)" in others
    assert vendor.startswith("Stated by the vendor itself: Meta")
    assert tell_tests([])[0].startswith("We have not tested this claim")


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (512, 1024, "ends at 1,024 tokens, short of the claimed 8,192 tokens"),
        (8192, 16384, "starts at 8,192 tokens, no lower than the claimed"),
        (4096, 16384, "includes the claimed 8,192 tokens. More questions"),
        (1024, 1024, None),
        (None, 1024, None),
    ],
)
def test_an_interval_is_set_beside_the_claim(
    low: float | None, high: float, words: str | None
) -> None:
    claim = {
        "found_low": low, "found_high": high, "claimed_value": 8192.0, "found_unit": "tokens",
        "unit": "tokens", "claim_type": "context_length",
    }  # fmt: skip
    told = tell_margin(claim)
    assert told is None if words is None else words in (told or "")
    assert tell_margin({**claim, "claim_type": "params_total"}) is None


def test_every_rule_says_what_would_change_its_verdict() -> None:
    told = [rule.would_change for rule in find_rules()]
    assert all(len(words) > 40 and words.endswith(".") for words in told)
    assert len(set(told)) == len(told)


def test_claims_of_the_family_stand_beside_a_claim(edition: Edition) -> None:
    claim = get_claim(edition, "S01")
    related = find_related(claim, read_claims(edition), read_roots(edition))
    assert {row["model"] for row in related.family} >= {"Llama 4 Maverick"}
    beside = (*related.otherwise, *related.same_model, *related.family)
    assert {row["claim_type"] for row in beside} == {"context_length"}
    assert claim["claim_id"] not in {row["claim_id"] for row in beside}
    assert all(row["vendor"] == "Meta" for row in beside)


def _make_row(value: float, **more: Any) -> dict[str, Any]:
    return {
        "claim_id": f"clm_{value}", "claim_type": "context_length", "metric": None,
        "claimed_value": value, "claimed_high": None, "unit": "tokens", "operator": "<=",
        "conditions": {}, "model_id": "v/m", **more,
    }  # fmt: skip


def test_only_figures_that_exclude_each_other_say_otherwise() -> None:
    said = _make_row(128_000, claimed_high=131_072)
    assert contradict(said, _make_row(1e6))
    assert not contradict(said, _make_row(131_072))
    assert not contradict(said, _make_row(1e6, unit="words"))
    assert not contradict(said, _make_row(1e6, conditions={"hardware": "one H100"}))
    assert contradict(said, _make_row(1e6, conditions={"note": "in passing"}))
    assert not contradict(_make_row(1e6), _make_row(128_000, operator=">="))
    less = {"claim_type": "refusal_rate", "unit": "percent"}
    assert not contradict(_make_row(2, **less), _make_row(1, **less))
    other = _make_row(1e6, model_id="v/n")
    related = find_related(said, [said, _make_row(1e6), other], {"v/m": "v/f", "v/n": "v/f"})
    assert (len(related.otherwise), related.family) == (1, [other])


def test_a_citation_names_claim_verdict_edition_and_address(edition: Edition) -> None:
    claim, about = get_claim(edition, "S01"), read_about(edition)
    words = write_citation(claim, about, ADDRESS)
    assert "“Meta on Llama 4 Scout: Context length up to 10 million tokens” (not settled)" in words
    assert f"edition {about['digest'][:16]}, {ADDRESS}" in words
    entry = write_bibtex(claim, about, ADDRESS)
    assert entry.startswith(f"@misc{{asclaimed_{claim['claim_id']},")
    assert f"url    = {{{ADDRESS}}}" in entry
    assert entry.count("{") == entry.count("}")


def test_hostile_words_stay_inside_their_bibtex_field(edition: Edition) -> None:
    claim = {**get_claim(edition, HOSTILE_CLAIM), "said_by": "a}, url = {evil}\n@misc{x % \\input"}
    entry = write_bibtex(claim, read_about(edition), ADDRESS)
    bare = re.sub(r"\\[{}%&$#_]|\\text\w+\{\}", "", entry)
    assert bare.count("{") == bare.count("}") == 7
    assert len(entry.splitlines()) == 7
    assert "%" not in bare


def test_a_picture_carries_its_source_line(edition: Edition) -> None:
    claim = get_claim(edition, SMOL_CLAIM)
    rows = read_measurements(edition, SMOL_CLAIM)
    curves = make_curves(claim, read_curve(edition, SMOL_CLAIM), rows)
    chart = find_main_chart(claim, list(curves.values()))
    assert chart is curves["pln_smol"]
    figure = make_picture(chart, "A <b>title</b>", ["Data of a day.", ADDRESS])
    texts = [annotation.text for annotation in figure.layout.annotations]
    assert "<b>A &lt;b&gt;title&lt;/b&gt;</b>" in texts
    assert f"Data of a day.<br>{ADDRESS}" in texts
    assert (figure.layout.width, figure.layout.height) == (WIDTH, HEIGHT)
    assert len(chart.figure.layout.annotations) == len(texts) - 3  # the chart itself is untouched


def test_a_claim_without_figures_has_a_card(edition: Edition) -> None:
    card = find_main_chart(get_claim(edition, HOSTILE_CLAIM), [])
    texts = [annotation.text for annotation in card.figure.layout.annotations]
    assert not any("<script" in text or "<img" in text for text in texts)
    assert all(len(text) < 300 for text in texts)
    assert len(texts) <= 12
    licence = get_claim(edition, "S22")
    card = find_main_chart(licence, [])
    texts = [annotation.text for annotation in card.figure.layout.annotations]
    assert texts[0] == f"{licence['said_by']} said"
    assert any(find_mark(licence["outcome"]).word in text for text in texts)
    assert licence["explanation"] in card.caption


def test_a_card_in_wide_letters_stays_in_its_frame() -> None:
    card = make_card("厂商", "模型能读很长的文本" * 20, "untested", "没有人测试过" * 40)
    assert max(len(annotation.text) for annotation in card.figure.layout.annotations) <= 42


def test_a_claim_with_figures_has_its_gap(edition: Edition) -> None:
    assert "times" in find_main_chart(get_claim(edition, SMOL_CLAIM), []).finding
