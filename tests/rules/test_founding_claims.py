"""The founding claims of the project's own records, judged."""

from kb.rules.discovery import find_rules

EXPECTED = {
    "S01": "overstated", "S09": "wrong_artefact", "S13": "wrong_artefact", "S16": "refuted",
    "S17": "not_testable", "S18": "not_testable", "S19": "pending", "S20": "refuted",
    "S21": "supported", "S22": "supported", "S27": "refuted", "S28": "not_testable",
    "S38": "supported", "S03": "supported", "S04": "supported", "S10": "supported",
    "S11": "supported",
}  # fmt: skip


def test_founding_claims_are_all_there_and_judged(views):
    assert sorted(views) == [f"S{number:02}" for number in range(1, 39)]
    assert {seed: views[seed]["outcome"] for seed in EXPECTED} == EXPECTED


def test_explanations_say_what_matters(views):
    assert "only with int4 weights" in views["S02"]["explanation"]
    assert "Use Policy" in views["S22"]["explanation"]
    assert "not in the licence" in views["S22"]["explanation"]
    assert "never released" in views["S09"]["explanation"]
    assert "1,273 (interval 1,261 to 1,283) at rank 35" in views["S09"]["explanation"]
    assert "criterion 5 of the Open Source Definition" in views["S20"]["explanation"]


def test_the_context_of_scout_says_first_what_is_so_and_claims_no_more_than_its_sources(views):
    assert views["S01"]["explanation"] == (
        "We have not tested Llama 4 Scout; third parties report less than the claimed 10,000,000 "
        "tokens. Effective context: 1,000 tokens (reported by Adobe Research; rule: NoLiMa, 85% of "
        "own base score). Context limit as served on 8x NVIDIA H200: 10,000,000 tokens (reported "
        "by the SGLang project). Longest context a provider offers: 3,500,000 tokens "
        "(reported by models.dev)."
    )


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


def test_the_joint_claims_name_the_pairs_that_exclude_each_other(all_views):
    """One is the vendor's, of int4 weights; one is our question, of scores measured in bf16."""
    views = [view for view in all_views if view["rule"].startswith("joint/")]
    assert [view["outcome"] for view in views] == ["refuted", "refuted"]
    (own,) = [view for view in views if view["is_vendors_claim"]]
    assert "10,000,000 tokens do not fit on one NVIDIA H100" in own["explanation"]
    assert "bf16 weights do not fit on one NVIDIA H100 (int4" not in own["explanation"]
    (asked,) = [view for view in views if view["said_as"] == "question"]
    words = asked["explanation"]
    assert "bf16 weights do not fit on one NVIDIA H100 (int4 would fit)" in words
    assert "10,000,000 tokens do not fit on one NVIDIA H100 (at most 257,173" in words
