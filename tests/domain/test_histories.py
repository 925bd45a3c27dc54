"""What became of a claim where it was said."""

from kb.domain.in_force.histories import Fate, History, Seen, find_histories, list_chain

WINDOW, SIZE = ("toy", "context_length", None), ("toy", "params_total", None)


def see(claim_id, snapshot_id, start=0, topic=WINDOW):
    return Seen(claim_id, snapshot_id, start, topic)


def find(chain, *seen, **more):
    return {history.claim_id: history for history in find_histories("src", chain, seen, **more)}


def test_a_chain_is_ordered_by_what_came_before():
    assert list_chain({"c": "b", "a": None, "b": "a"}) == ["a", "b", "c"]
    assert list_chain({}) == []


def test_what_the_newest_snapshot_says_stands():
    found = find(["a", "b"], see("x", "a"), see("x", "b", 40))
    assert found == {"x": History("x", "src", Fate.STANDS, "a", "b")}


def test_another_figure_in_its_place_is_an_edit():
    found = find(["a", "b", "c"], see("x", "a"), see("y", "b"), see("y", "c"))
    assert found["x"] == History("x", "src", Fate.EDITED, "a", "a", "b", "y")
    assert found["y"].fate is Fate.STANDS


def test_nothing_in_its_place_is_a_withdrawal():
    found = find(["a", "b"], see("x", "a"), see("z", "b", topic=SIZE))
    assert found["x"] == History("x", "src", Fate.WITHDRAWN, "a", "a", "b")


def test_what_stood_beside_it_before_does_not_replace_it():
    found = find(["a", "b"], see("x", "a", 10), see("y", "a", 50), see("y", "b", 50))
    assert found["x"].fate is Fate.WITHDRAWN


def test_the_nearest_of_two_new_ones_replaces_it():
    found = find(["a", "b"], see("x", "a", 100), see("y", "b", 900), see("z", "b", 120))
    assert found["x"].replaced_by == "z"


def test_what_comes_back_stands_again():
    found = find(["a", "b", "c"], see("x", "a"), see("x", "c"))
    assert found["x"] == History("x", "src", Fate.STANDS, "a", "c")


def test_a_new_wording_of_the_same_is_no_edit():
    same = {"long": "short"}
    found = find(
        ["a", "b"], see("short", "a"), see("long", "b"),
        get_canonical=lambda claim_id: same.get(claim_id, claim_id),
    )  # fmt: skip
    assert found == {"short": History("short", "src", Fate.STANDS, "a", "b")}
