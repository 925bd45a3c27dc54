"""The founding claims of the project's own records, judged."""

from kb.rules.discovery import find_rules

EXPECTED = {
    "S01": "inconclusive", "S09": "wrong_artefact", "S13": "wrong_artefact", "S16": "refuted",
    "S17": "not_testable", "S18": "not_testable", "S19": "pending", "S20": "refuted",
    "S21": "supported", "S22": "supported", "S27": "refuted", "S28": "not_testable",
    "S38": "supported", "S03": "supported", "S04": "supported", "S10": "supported",
    "S11": "supported",
}  # fmt: skip


def test_founding_claims_are_all_there_and_judged(views):
    assert sorted(views) == [f"S{number:02}" for number in range(1, 39)]
    assert {seed: views[seed]["outcome"] for seed in EXPECTED} == EXPECTED


def test_explanations_say_what_matters(views):
    assert "Use Policy" in views["S22"]["explanation"]
    assert "not in the licence" in views["S22"]["explanation"]
    assert "never released" in views["S09"]["explanation"]
    assert "criterion 5 of the Open Source Definition" in views["S20"]["explanation"]


def test_a_gap_is_told_of_one_day(views):
    words = views["S09"]["explanation"]
    assert "On 11 April 2025, the nearest day on record when the board rated both," in words
    assert "the released weights 1,273 (interval 1,261 to 1,283) at rank 35, 130 points" in words
    assert "144" not in words


def test_stated_limits_are_told_as_stated_and_decide_nothing(views):
    words = views["S01"]["explanation"]
    assert "the vLLM project says up to 3,600,000 tokens on 8x NVIDIA H200" in words
    assert "its effective context by the rule “NoLiMa, 85% of own base score” is 1,000" in words
    assert "the longest length tested" in words
    assert "accepted at most" not in words


def test_the_vendors_word_and_arithmetic_are_no_report_of_others(views):
    words, basis = views["S02"]["explanation"], views["S02"]["basis"]
    assert "stated by Meta itself" in words
    assert "no independent run is on record" in words
    assert basis == "computed"


def test_every_verdict_has_a_known_rule_and_a_sentence(views):
    labels = {rule.label for rule in find_rules()}
    for view in views.values():
        assert view["rule"] in labels
        assert view["explanation"].endswith((".", "!", "?"))
        assert view["sightings"], view["seed"]


def test_scout_on_one_h100_says_each_precision_and_length(views):
    words = views["S02"]["explanation"]
    assert "bf16 weights do not fit; fp8 weights do not fit; int4 weights fit, with room" in words
    assert views["S02"]["outcome"] == "supported"


def test_a_combination_that_nobody_claimed_is_asked_by_us(all_views):
    asked = [
        view for view in all_views
        if view["rule"].startswith("joint/") and view["said_as"] == "question"
    ]  # fmt: skip
    assert asked
    for view in asked:
        words = view["explanation"]
        assert view["outcome"] == "refuted"
        assert words.startswith("Asked by us; nobody on record claims it. ")
        assert "bf16 weights do not fit on one NVIDIA H100 (int4 would fit)" in words
        assert "10,000,000 tokens do not fit in the memory of one NVIDIA H100" in words


def test_a_contributors_combination_is_not_charged_to_the_vendor(all_views):
    joint = [view for view in all_views if view["rule"].startswith("joint/")]
    (made,) = [view for view in joint if view["said_as"] != "question"]
    assert made["said_by"] == "a contributor to Meta's llama-cookbook"
    assert not made["is_vendors_claim"]
    assert made["outcome"] == "refuted"
    assert not made["explanation"].startswith("Asked by us")
    assert "10,000,000 tokens do not fit in the memory of one NVIDIA H100" in made["explanation"]
    assert "bf16 weights do not fit on one NVIDIA H100 (int4" not in made["explanation"]


def test_who_promised_is_named_and_a_reported_plan_is_no_promise(views):
    assert views["S19"]["said_by"] == "Mark Zuckerberg (Meta)"
    assert (views["S36"]["outcome"], views["S36"]["is_vendors_claim"]) == ("untested", False)


def test_a_comparison_tells_of_every_size_and_version_on_the_board(views):
    words = views["S06"]["explanation"] + views["S13"]["explanation"]
    for model in ("Gemma 3 27B 1,357", "Gemma 3 4B 1,293", "GPT-4o 2024-08-06 1,285"):
        assert model in words
    assert "DeepSeek V3 0324 1,376" in views["S15"]["explanation"]
    assert "No figure to compare with" not in words
