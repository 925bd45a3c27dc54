"""Groups of claims: joined by judgements, given up where these contradict each other."""

from datetime import UTC, datetime, timedelta

import pytest

from kb.domain.in_force.judgements import JudgementFact, Likeness, find_in_force, make_groups

_NOW = datetime(2026, 11, 21, tzinfo=UTC)
SAME, DIFFERENT, WITHDRAWN = Likeness.SAME, Likeness.DIFFERENT, Likeness.WITHDRAWN


def said(pair, outcome, by="rule:link/1", after=None, number=[0]):  # noqa: B006
    number[0] += 1
    left, right = sorted(pair)
    at = _NOW + timedelta(seconds=number[0])
    return JudgementFact(
        f"jdg_{number[0]:03}", left, right, outcome, "why", by, at, None, after and after.id
    )


def canonical(*judgements, **seeds):
    return make_groups(judgements, seeds).canonical


def test_what_is_the_same_by_way_of_another_is_one():
    assert canonical(said("ab", SAME), said("bc", SAME)) == {"a": "a", "b": "a", "c": "a"}


def test_a_seed_stands_for_its_group():
    assert canonical(said("ab", SAME), said("bc", SAME), c="S07") == dict.fromkeys("abc", "c")


@pytest.mark.parametrize("by", ["rule:link/1", "Ada"])
def test_a_conflict_merges_nothing_and_is_told(by):
    groups = make_groups([said("ab", SAME), said("bc", SAME), said("ac", DIFFERENT, by)], {})
    assert groups.canonical == {}
    assert len(groups.conflicts) == 1
    assert "a and c" in groups.conflicts[0]


def test_a_conflict_leaves_other_groups_alone():
    found = canonical(said("ab", SAME), said("bc", SAME), said("ac", DIFFERENT), said("xy", SAME))
    assert found == {"x": "x", "y": "x"}


def test_what_people_joined_stays_when_a_rule_goes_too_far():
    groups = make_groups(
        [said("ab", SAME, "Ada"), said("bc", SAME), said("ac", DIFFERENT, "Ada")], {}
    )
    assert groups.canonical == {"a": "a", "b": "a"}
    assert len(groups.conflicts) == 1


def test_people_who_contradict_themselves_merge_nothing():
    groups = make_groups(
        [said("ab", SAME, "Ada"), said("bc", SAME, "Bo"), said("ac", DIFFERENT, "Cy")], {}
    )
    assert groups.canonical == {}
    assert len(groups.conflicts) == 1


def test_a_rule_never_joins_two_founding_claims():
    rule = make_groups([said("ab", SAME), said("bc", SAME)], {"a": "S01", "c": "S02"})
    assert rule.canonical == {}
    assert "S01 and S02" in rule.conflicts[0]
    person = make_groups([said("ac", SAME, "Ada")], {"a": "S01", "c": "S02"})
    assert person.canonical == {"a": "a", "c": "a"}


def test_a_person_outranks_the_rule_whoever_spoke_last():
    person, rule = said("ab", DIFFERENT, "Ada"), said("ab", SAME)
    assert find_in_force([person, rule])["a", "b"] is person
    assert canonical(person, rule) == {}
    assert canonical(said("ab", DIFFERENT), said("ab", SAME, "Ada")) == {"a": "a", "b": "a"}


def test_a_later_word_supersedes_and_can_be_taken_back():
    rule = said("ab", SAME)
    first = said("ab", DIFFERENT, "Ada")
    second = said("ab", SAME, "Bo", after=first)
    undone = said("ab", WITHDRAWN, "Bo", after=second)
    assert canonical(rule, first) == {}
    assert canonical(rule, first, second) == {"a": "a", "b": "a"}
    assert find_in_force([rule, first, second, undone])["a", "b"] is rule


def test_nothing_depends_on_the_order():
    rows = [said("ab", SAME), said("bc", SAME), said("cd", SAME), said("xy", SAME)]
    assert make_groups(rows, {"d": "S03"}) == make_groups(reversed(rows), {"d": "S03"})
