"""The Open Source Definition, criterion by criterion; and what changed between two texts."""

from kb.licences import read_licence
from kb.licences.changes import list_changes
from kb.licences.definition import list_breaches

OLD = """TOY 1 LICENSE

Release Date: May 2, 2024

1. You are granted a license to use it.

2. Above 5 million monthly active users you must ask us.

3. You must not use outputs to train any other model.
"""
NEW = OLD.replace("5 million", "9 million").replace("any other model.", "it again.")
NEW = NEW.replace("May 2, 2024", "2 June 2025")


def test_each_breach_names_criterion_and_clause():
    found = [(rule.split(" (")[0], term.place) for rule, term in list_breaches(read_licence(OLD))]
    assert found == [
        ("Open Source Definition 5", "section 2"),
        ("Open Source Definition 6", "section 3"),
    ]


def test_what_only_the_law_bars_breaks_nothing():
    text = (
        "TOY 1 LICENSE\n\nYou may use it.\n\nYou must not use it in violation of applicable laws.\n"
    )
    assert list(list_breaches(read_licence(text))) == []


def test_changes_are_told_term_by_term():
    old, new = read_licence(OLD), read_licence(NEW)
    assert (old.dated, new.dated) == ("2024-05-02", "2025-06-02")
    limit, outputs = list_changes(old, new)
    assert (limit.before.value, limit.after.value) == (5e6, 9e6)
    assert (outputs.kind, outputs.after) == ("output_training_restriction", None)
    assert list_changes(old, old) == ()
