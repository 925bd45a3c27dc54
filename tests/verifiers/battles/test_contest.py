"""Contests: scripted engines and real HTTP on loopback, stopped, resumed, judged."""

import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.judge import run_judge
from kb.domain.elo import compute_win_rate
from kb.domain.errors import UserError
from kb.store.claims.sentences import read_sentences
from kb.store.database import open_session
from kb.store.reads import read_latest_verdicts
from kb.tables import Battle, Measurement, Reply
from tests.verifiers.battles.toy_contests import Engines, Servers, add_claim, fight, get
from tests.verifiers.battles.toy_judges import JUDGES, fair, serve_judge
from verifiers.battles.battle_files import read_battle_rows
from verifiers.battles.bias import BiasedJudgeError
from verifiers.battles.rescoring import rescore
from verifiers.serving.asking import OutOfTimeError


def test_the_better_one_is_found_before_all_prompts_are_asked(home, settings):
    engines = Engines()
    _, report = fight(home, settings, engines)
    assert report.side == "above"
    assert 30 <= report.prompts < 200
    assert engines.opened == ["rel_weak", "rel_strong"]
    rate = get(report, "battle_win_rate")
    assert 0.5 < rate["low"] < rate["value"] < rate["high"]
    assert rate["n"] == report.prompts == len(home.exec(select(Battle)).all())
    assert get(report, "battle_gap")["low"] > 0
    assert "battle_elo" not in {result["metric"] for result in report.results}
    stored = home.exec(select(Measurement).where(Measurement.metric == "battle_win_rate")).one()
    assert stored.conditions["compared_to"] == ["weak"]


def test_equal_weights_stay_open(home, settings):
    _, report = fight(home, settings, Engines(strong=0.5, weak=0.5), most_prompts=120)
    assert (report.side, report.prompts) == ("open", 120)
    rate = get(report, "battle_win_rate")
    assert rate["low"] < 0.5 < rate["high"]


@pytest.mark.parametrize(("claimed", "side"), [(1500.0, "below"), (900.0, "above")])
def test_a_claimed_rating_is_decided_on_the_boards_scale(home, settings, claimed, side):
    add_claim(home, claimed)
    planned, report = fight(home, settings, Engines(strong=0.7, weak=0.5), most_prompts=400)
    assert planned.contest.claim_id == "clm_elo"
    assert planned.stopping.expected == {"weak": compute_win_rate(claimed - 1000)}
    assert report.side == side
    rating = get(report, "battle_elo")
    assert rating["low"] < rating["value"] < rating["high"]
    assert 1000 < rating["value"] < 1300
    assert rating["conditions"]["board"] == "LMArena"
    assert "weak 1000" in rating["conditions"]["note"]


def test_stopped_and_run_again_asks_nothing_twice(home, settings):
    whole = Engines()
    engines = Engines()
    for limit in (7, 40, 205):
        engines.stop_after = limit
        with pytest.raises(OutOfTimeError):
            fight(home, settings, engines)
        answers = len(home.exec(select(Reply)).all())
        assert limit <= answers == engines.asked
    engines.stop_after = None
    _, report = fight(home, settings, engines)
    replies = home.exec(select(Reply)).all()
    assert engines.asked == len(replies) == len({row.id for row in replies})
    before = engines.asked
    _, again = fight(home, settings, engines)
    assert engines.asked == before
    assert (again.results, again.new_rows, again.asked) == (report.results, 0, 0)
    assert whole.asked == 0


def test_an_opponents_answers_serve_another_contest(home, settings):
    engines = Engines()
    fight(home, settings, engines)
    engines.opened.clear()
    fight(home, settings, engines, challenger="t/weak", opponents=("t/strong",), most_prompts=60)
    asked = {row.release_id: 0 for row in home.exec(select(Reply))}
    for row in home.exec(select(Reply)):
        asked[row.release_id] += 1
    assert asked["rel_weak"] == 200


def test_weights_without_a_chat_template_are_named(home, settings):
    engines = Engines()
    engines.templates["rel_weak"] = None
    _, report = fight(home, settings, engines)
    assert report.results[0]["conditions"]["note"].endswith("to follow requests: weak")


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"challenger": "nobody"}, "no release called 'nobody'.*t/strong, t/weak"),
        ({"opponents": ("t/strong",)}, "each release once"),
        ({"judge": "dice"}, "there are program, model"),
        ({"judge": "model"}, "KB_JUDGE_URL"),
        ({"claim": "clm_x"}, "is no claim of a rating"),
    ],
)
def test_what_cannot_be_fought_is_told(home, settings, wanted, words):
    with pytest.raises(UserError, match=words):
        fight(home, settings, Engines(), **wanted)


def test_over_http_with_connections_that_break_the_same_comes_out(home, settings):
    _, report = fight(home, settings, Servers(), most_prompts=40)
    rows = [(row["item"], row["answer"], row["opponent_answer"]) for row in read_battle_rows(home)]
    assert report.battles == len(rows) == report.prompts
    engines = Engines()
    for item, answer, opponent in rows:
        text = next(prompt for prompt in engines.answers.values() if prompt.item == item)
        assert {answer, opponent} <= {text.right, text.wrong}


def test_a_contest_decides_a_rating_claim(home, settings):
    add_claim(home, 1500.0)
    fight(home, settings, Engines(strong=0.7, weak=0.5), most_prompts=400)
    run_judge(settings)
    with open_session(settings.url) as session:
        verdict = read_latest_verdicts(session)["clm_elo"]
        words = read_sentences(session, [verdict])[verdict.id].text
    assert (verdict.outcome, verdict.rule, verdict.basis) == (
        "overstated", "battles/1", "measured_here",
    )  # fmt: skip
    assert "battles here against weak" in words


def test_a_model_judges_and_its_examination_is_kept(home, settings):
    with serve_judge(lambda text: f"Both were read.\nVERDICT: {fair(text)}") as (url, seen):
        given = settings.model_copy(update={"judge_url": url, "judge_model": "toy"})
        _, report = fight(home, given, Engines(), judge="model", most_prompts=40)
        asked = len(seen)
        _, again = fight(home, given, Engines(), judge="model", most_prompts=40)
    assert asked == 5 * 40 + 2 * report.battles
    assert len(seen) == asked + 5 * 40  # examined again, and no battle judged twice
    assert again.new_rows == 0
    assert report.side == "above"
    assert {result["metric"] for result in report.results} >= {"battle_win_rate", "judge_bias"}
    kept = home.exec(select(Measurement).where(Measurement.metric == "judge_bias")).all()
    assert all(row.low <= row.value <= row.high and row.n for row in kept)
    rows = list(read_battle_rows(home))
    assert rows[0]["judge"] == "model toy, pairwise/1"
    assert rescore(rows).differences == ()


@pytest.mark.parametrize("name", ["first", "garbage"])
def test_a_biased_judge_fights_no_battle(home, settings, name):
    with serve_judge(JUDGES[name][0]) as (url, _):
        given = settings.model_copy(update={"judge_url": url, "judge_model": "toy"})
        with pytest.raises(BiasedJudgeError, match="is refused"):
            fight(home, given, Engines(), judge="model")
    assert home.exec(select(Battle)).all() == []
    assert home.exec(select(Reply)).all() == []
