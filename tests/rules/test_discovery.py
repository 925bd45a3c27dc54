"""Rules are found by themselves, in one order, each with all that readers need."""

from kb.rules.discovery import find_rules

ORDER = [
    "promise", "no_such_model", "not_released", "rating", "battles", "variant",
    "board_comparison", "comparison", "context_length", "count", "open_source", "license_term",
    "license_text", "hardware_fit", "joint", "modality", "availability", "listing", "score",
    "anecdote", "unknowable", "untested",
]  # fmt: skip


def test_the_order_is_total_and_the_known_one():
    """Of two rules the first decides what both could; new ones may stand between these."""
    rules = find_rules()
    assert [rule.name for rule in rules if rule.name in ORDER] == ORDER
    assert len({rule.order for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
    assert rules[-1].name == "untested"


def test_names_and_texts_are_whole_and_their_own():
    rules = find_rules()
    assert all(rule.version >= 1 and rule.words_version >= 1 for rule in rules)
    for texts in ([rule.plain for rule in rules], [rule.would_change for rule in rules]):
        assert len(set(texts)) == len(rules)
        assert all(len(text) > 30 and text.endswith(".") for text in texts)
