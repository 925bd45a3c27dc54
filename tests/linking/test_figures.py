"""Claims with a number: the same figure in whatever way it is written, and what keeps it apart."""

import pytest

from kb.domain.drafts import ClaimDraft
from kb.domain.in_force.judgements import Likeness
from kb.linking.candidates import find_pairs
from kb.linking.compared_claims import ComparedClaim
from kb.store.rows import make_claim

SAME, DIFFERENT, UNSURE = Likeness.SAME, Likeness.DIFFERENT, Likeness.UNSURE


class NoEncoder:
    def encode(self, texts):
        assert not texts, "figures need no sentences"
        return []


def make_facts(kind, claimed, **more):
    draft = ClaimDraft.model_validate(
        {"type": kind, "claimed": claimed, "sightings": [{"source": "s"}], **more}
    )
    row = make_claim(draft, "Toy 1B", "toys/toy-1b")
    return ComparedClaim(
        row.id, row.model_id, row.claim_type, row.claimed_text, row.metric, row.claimed_value,
        row.claimed_high, row.unit, row.operator, row.conditions,
    )  # fmt: skip


def judge(kind, *sides):
    """What is found of two claims; what has one id was one claim to begin with."""
    a, b = (
        make_facts(kind, **side) if isinstance(side, dict) else make_facts(kind, side)
        for side in sides
    )
    if a.id == b.id:
        return SAME
    pairs = find_pairs([a, b], NoEncoder())
    return pairs[0].comparison.outcome if pairs else None


def with_(claimed, unit=None, metric=None, **conditions):
    side = {"claimed": claimed, "conditions": conditions}
    if unit:
        side["unit"] = unit
    if metric:
        side["metric"] = metric
    return side


@pytest.mark.parametrize(
    ("kind", "left", "right", "expected"),
    [
        ("context_length", "10M tokens", "10 million tokens", SAME),
        ("context_length", "10M tokens", "10,000,000 tokens", SAME),
        ("context_length", "up to 10M tokens", "10M tokens", SAME),
        ("context_length", "128K tokens", "131,072 tokens", SAME),
        ("context_length", "131,072 tokens", "128,000 tokens", None),
        ("context_length", "128K tokens", "200K tokens", None),
        ("context_length", "100k tokens", with_("100k tokens", promised=True), DIFFERENT),
        ("context_length", "1M tokens", with_("1M tokens", hardware="8 H100"), SAME),
        ("context_length", with_("1M tokens", hardware="8 H100"),
         with_("1M tokens", hardware="one H100"), DIFFERENT),
        ("context_length", with_("1M tokens", hardware="one H100"),
         with_("1M tokens", hardware="a single NVIDIA H100 GPU"), SAME),
        ("context_length", with_("1M tokens", precision="int4"), "1M tokens", UNSURE),
        ("context_length", with_("1M tokens", precision="int4"),
         with_("1M tokens", precision="bf16"), DIFFERENT),
        ("params_total", "2T", "nearly 2 trillion parameters", SAME),
        ("params_total", "2T", "over 2T", UNSURE),
        ("params_total", "1.7B", "1,711,376,384 parameters", SAME),
        ("params_total", "109B", "108.6B", UNSURE),
        ("params_total", "400 billion", "402B", None),
        ("refusal_rate", "under 2%", "over 2%", DIFFERENT),
        ("refusal_rate", "under 2%", "2%", SAME),
        ("elo", with_("1417", board="LMArena"), "1417", SAME),
        ("elo", with_("1417", board="LMArena"), with_("1417", board="Other"), DIFFERENT),
        ("benchmark_score", with_("80.5", "percent", "MMLU (5-shot)"),
         with_("80.5", "percent", "MMLU, 5-shot"), SAME),
        ("benchmark_score", with_("80.5", "percent", "mmlu_pro", benchmark="MMLU-Pro"),
         with_("80.50", "percent", "MMLU Pro"), SAME),
        ("benchmark_score", with_("80.5", "percent", "MMLU (5-shot)"),
         with_("80.5", "percent", "MMLU (0-shot)"), DIFFERENT),
        ("benchmark_score", with_("80.5", "percent", "MMLU (5-shot)"),
         with_("80.5", "percent", "MMLU"), UNSURE),
        ("benchmark_score", with_("80.5", "percent", "MMLU"),
         with_("80.5", "percent", "MMLU-Pro"), UNSURE),
        ("benchmark_score", with_("80.5", "percent", "MMLU"),
         with_("80.5", "percent", "GPQA"), None),
        ("benchmark_score", with_("80.5", "percent", "MMLU"),
         with_("80.4", "percent", "MMLU"), None),
        ("benchmark_score", with_("80.5", "percent", "MMLU"),
         with_("80.5", "points", "MMLU"), None),
        ("training_compute", with_("10x", compared_to=["Llama 3"]),
         with_("10 times", compared_to=["GPT-4"]), DIFFERENT),
    ],
)  # fmt: skip
def test_figures(kind, left, right, expected):
    assert judge(kind, left, right) is expected
    assert judge(kind, right, left) is expected


def test_readings_that_meet_by_way_of_a_third_contradict_each_other():
    """128K is 128,000 and 131,072; those two are not one, and the rule says so."""
    made = [
        ComparedClaim("clm_1", "m", "context_length", "128K", None, 128000, 131072, "tokens"),
        ComparedClaim("clm_2", "m", "context_length", "131072", None, 131072, 131072, "tokens"),
        ComparedClaim("clm_3", "m", "context_length", "128000", None, 128000, 128000, "tokens"),
    ]
    found = {(p.left_id, p.right_id): p.comparison.outcome for p in find_pairs(made, NoEncoder())}
    assert found == {
        ("clm_1", "clm_2"): SAME, ("clm_1", "clm_3"): SAME, ("clm_2", "clm_3"): DIFFERENT,
    }  # fmt: skip
