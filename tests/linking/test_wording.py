"""What two wordings say: the same, something else, or perhaps the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.domain.in_force.judgements import Likeness
from kb.linking.candidates import find_pairs
from kb.linking.compared_claims import ComparedClaim
from kb.linking.wording import level_wording

SAME = (
    ("fits on a single H100", "runs on one H100 GPU"),
    ("runs on a single NVIDIA H100", "fits on one H100 GPU"),
    ("open source", "open-source"),
    ("not open source", "isn't open source"),
    ("beats GPT-4o", "outperforms GPT-4o"),
    ("beats Claude 3.7 Sonnet, trails DeepSeek V3", "trails DeepSeek V3, beats Claude 3.7 Sonnet"),
    ("free for commercial use", "may be used commercially without charge"),
    ("multimodal models not available in the EU", "multimodal models aren't offered in the EU"),
    ("summarises long threads", "can condense lengthy threads"),
    ("excels at maths", "excels at mathematics"),
    ("cheap to serve", "inexpensive to serve"),
)
NEVER = (
    ("open source", "not open source"),
    ("open source", "open weights"),
    ("refuses under 2% of prompts", "refuses over 2% of prompts"),
    ("runs on 8 GPUs", "runs on 9 GPUs"),
    ("fits on a single H100", "fits on a single A100"),
    ("beats GPT-4o", "trails GPT-4o"),
    ("beats GPT-4o", "does not beat GPT-4o"),
    ("beats Claude 3.7 Sonnet, trails DeepSeek V3", "beats DeepSeek V3, trails Claude 3.7 Sonnet"),
    ("faster and cheaper", "slower and cheaper"),
    ("faster in code, slower in prose", "slower in code, faster in prose"),
    ("turns images into text", "turns text into images"),
    ("available in the EU", "available in the US"),
    ("supports English", "supports French"),
    ("text and images", "text, images and video"),
    ("stronger code generation than Llama 3", "stronger reasoning than Llama 3"),
    ("no benchmark test sets in post-training", "benchmark test sets in post-training"),
    ("trained on licensed books", "trained on pirated books"),
    ("released in March 2024", "released in May 2024"),
    ("always answers", "never answers"),
    ("free for commercial use", "free for non-commercial use"),
)


def judge(left, right, encoder, **more):
    claims = [
        ComparedClaim("clm_a", "m", "task_quality", left, **more),
        ComparedClaim("clm_b", "m", "task_quality", right, **more),
    ]
    pairs = find_pairs(claims, encoder)
    return pairs[0].comparison.outcome if pairs else None


@pytest.mark.parametrize(("left", "right"), SAME)
def test_other_words_for_the_same(left, right, encoder):
    assert judge(left, right, encoder) is Likeness.SAME
    assert judge(right, left, encoder) is Likeness.SAME


@pytest.mark.parametrize(("left", "right"), NEVER)
def test_near_and_not_the_same(left, right, encoder):
    assert judge(left, right, encoder) is not Likeness.SAME
    assert judge(right, left, encoder) is not Likeness.SAME


def test_a_near_miss_has_its_reason(encoder):
    claims = [ComparedClaim("clm_a", "m", "license", "open source"),
              ComparedClaim("clm_b", "m", "license", "not open source")]  # fmt: skip
    (pair,) = find_pairs(claims, encoder)
    assert pair.comparison.outcome is Likeness.DIFFERENT
    assert "denies" in pair.comparison.reason


def test_two_founding_claims_are_never_one_by_rule(encoder):
    claims = [
        ComparedClaim("clm_a", "m", "license", "open source", founding_row="S01"),
        ComparedClaim("clm_b", "m", "license", "open-source", founding_row="S02"),
    ]
    (pair,) = find_pairs(claims, encoder)
    assert pair.comparison.outcome is Likeness.UNSURE


def test_other_models_and_types_are_never_compared(encoder):
    claims = [
        ComparedClaim("clm_a", "m", "license", "open source"),
        ComparedClaim("clm_b", "n", "license", "open-source"),
        ComparedClaim("clm_c", "m", "availability", "open source"),
    ]
    assert find_pairs(claims, encoder) == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_a_wording(text):
    assert level_wording(text) == level_wording(text)
