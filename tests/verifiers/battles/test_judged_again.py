"""Battles exported: read, judged again, ranked; what is no battle file is refused."""

import json

import pytest

from kb.domain.errors import UserError
from tests.verifiers.battles.toy_contests import Engines, fight
from verifiers.battles.battle_files import parse_battles, read_battle_rows, write_battles
from verifiers.battles.rescoring import rescore
from verifiers.battles.standings import make_standings


def test_exported_battles_are_judged_again(home, settings):
    fight(home, settings, Engines())
    text = write_battles(read_battle_rows(home))
    assert text == write_battles(read_battle_rows(home))
    rows = parse_battles(text.encode(), "battles.jsonl")
    assert rows[0]["challenger"]["model"] == "strong"
    assert {"prompt", "answer", "opponent_answer", "checks"} <= set(rows[0])
    found = rescore(rows)
    assert (found.differences, found.battles) == ((), len(rows))
    forged = [{**rows[0], "score": 1.0 - rows[0]["score"]} if rows[0]["score"] != 0.5
              else {**rows[0], "score": 0.0}]  # fmt: skip
    assert len(rescore(forged).differences) == 1
    with pytest.raises(UserError, match="no way to judge"):
        rescore([{**rows[0], "judge": "program, checks/99"}])


def test_standings_have_ranks_and_groups_and_style_can_be_taken_out(home, settings):
    fight(home, settings, Engines(), most_prompts=120)
    rows = list(read_battle_rows(home))
    strong, weak = make_standings(rows)
    assert (strong.model, strong.best_rank, strong.worst_rank) == ("strong (rel_strong)", 1, 1)
    assert (weak.best_rank, weak.group) == (2, 2)
    assert weak.high < strong.low
    assert strong.battles == weak.battles == len(rows)
    assert {standing.model for standing in make_standings(rows, style=True)} == {
        strong.model,
        weak.model,
    }
    with pytest.raises(UserError, match="nobody can be rated"):
        make_standings([{**row, "score": None} for row in rows])
    with pytest.raises(UserError, match="more games are needed"):
        make_standings([{**row, "score": 1.0} for row in rows])


@pytest.mark.parametrize("data", [b"", b"{", b"[]\n", json.dumps({"format": "x"}).encode()])
def test_what_is_no_battle_file(data):
    with pytest.raises(UserError, match=r"no battle|no JSON"):
        parse_battles(data, "x")


def test_a_models_stored_words_are_read_again():
    row = {
        "contest": "c", "item": "p/1", "judge": "model toy, pairwise/1", "score": 1.0,
        "verdicts": ["x\nVERDICT: A", "VERDICT: B"],
    }  # fmt: skip
    assert rescore([row]).differences == ()
    assert len(rescore([{**row, "score": None}]).differences) == 1
