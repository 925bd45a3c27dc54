"""Contests: scripted engines and real HTTP on loopback, resumed, exported, judged again."""

import hashlib
import itertools
import json
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from sqlmodel import select

from kb.cli.commands.pipeline.judge import run_judge
from kb.domain.elo import compute_win_rate
from kb.domain.errors import UserError
from kb.store.claims.sentences import read_sentences
from kb.store.database import open_session
from kb.store.home.local_weights import LocalWeights, store_local_weights
from kb.store.insert import insert_once, make_row
from kb.store.reads import read_latest_verdicts
from kb.tables import Battle, Claim, Measurement, Model, Release, Reply, Source
from tests import loopback
from tests.verifiers.battles.toy_judges import JUDGES, fair, serve_judge
from verifiers.battles.battle_files import parse_battles, read_battle_rows, write_battles
from verifiers.battles.bias import BiasedJudgeError
from verifiers.battles.contest_plan import Wish, plan_contest
from verifiers.battles.contest_results import ContestTerms, Fought, make_results
from verifiers.battles.contest_run import ContestRun
from verifiers.battles.prompts import make_prompts
from verifiers.battles.rescoring import rescore
from verifiers.battles.standings import make_standings
from verifiers.battles.stopping import Stopping, compute_expected
from verifiers.engines.openai_server import ask_running_server
from verifiers.engines.scripted import ScriptedEngine
from verifiers.sequential.betting import Side
from verifiers.serving.asking import OutOfTimeError
from verifiers.serving.listening import Listener
from verifiers.serving.session import Bench


class Tokens:
    """A tokenizer that makes code points of a text."""

    def __init__(self, template_sha256="t"):
        self.has_template, self.template_sha256 = bool(template_sha256), template_sha256

    def encode_prompt(self, instruction, answer_prefix):
        return tuple(ord(letter) for letter in instruction + answer_prefix)


def is_lucky(text, share):
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 1000 < share * 1000


@pytest.fixture
def home(session, settings):
    """Two releases with weights here, one with a rating on the board, and a claimed rating."""
    source = make_row(Source, id="src", url="https://a.example/", publisher="A", kind="press")
    rows = [source]
    for name in ("strong", "weak"):
        rows += [
            make_row(Model, id=f"t/{name}", name=name, vendor="T", availability="released"),
            make_row(Release, id=f"rel_{name}", model_id=f"t/{name}", repository=f"T/{name}",
                     source_id="src"),
        ]  # fmt: skip
        weights = settings.home / f"{name}.gguf"
        weights.write_bytes(b"toy")
        store_local_weights(settings.home, LocalWeights(f"rel_{name}", str(weights), "0" * 64))
    insert_once(session, rows)
    session.commit()
    return session


def add_claim(session, value):
    rows = [
        make_row(Claim, id="clm_elo", model_id="t/strong", subject_text="strong",
                 claim_type="elo", claimed_text=str(value), claimed_value=value, unit="elo",
                 said_by="T", conditions={"board": "LMArena"}),
        make_row(Measurement, id="mea_weak", model_id="t/weak", source_id="src", metric="elo",
                 basis="reported_by_others", value=1000.0, low=990.0, high=1010.0, unit="elo",
                 conditions={"board": "LMArena"}, as_of="2025-04-11"),
    ]  # fmt: skip
    insert_once(session, rows)
    session.commit()


def make_bench(engine, tokenizer, local):
    return Bench(engine, tokenizer, SimpleNamespace(sha256=local.sha256, conversion=None), None)


class Engines:
    """Opens scripted engines: one answers right in a share of prompts; counts what is asked."""

    def __init__(self, strong=0.95, weak=0.2, prompts=400):
        self.share = {"rel_strong": strong, "rel_weak": weak}
        self.answers = {prompt.text: prompt for prompt in make_prompts(20250405, prompts)}
        self.asked, self.opened, self.stop_after = 0, [], None
        self.templates = {"rel_strong": "t", "rel_weak": "t"}

    @contextmanager
    def open(self, local):
        self.opened.append(local.release_id)

        def answer(prompt):
            self.asked += 1
            text = "".join(map(chr, prompt)).removesuffix("Answer:")
            known = self.answers[text]
            lucky = is_lucky(local.release_id + text, self.share[local.release_id])
            return known.right if lucky else known.wrong

        engine = ScriptedEngine(answer, 4096)
        bench = make_bench(engine, Tokens(self.templates[local.release_id]), local)
        yield SimpleNamespace(open_bench=lambda window: bench, reopen=lambda window: bench)

    def is_over(self):
        return self.stop_after is not None and self.asked >= self.stop_after


def fight(session, settings, engines, **wanted):
    wish = Wish(**{"challenger": "t/strong", "opponents": ("T/weak",), "most_prompts": 200,
                   "least_prompts": 30, "judge": "program", **wanted})  # fmt: skip
    planned = plan_contest(session, settings, wish, engines.is_over)
    run = ContestRun(session, planned.contest, planned.setup, planned.judge, planned.stopping,
                     engines.open, Listener())  # fmt: skip
    return planned, run.run(planned.terms)


def get(report, metric):
    return next(result for result in report.results if result["metric"] == metric)


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


def test_several_anchors_are_fitted_together(home, settings):
    """A challenger halfway between two anchors is rated halfway between them."""
    fought = [Fought(f"p/{n}", name, float(n % 4 < won)) for n in range(200)
              for name, won in (("low", 3), ("high", 1))]  # fmt: skip
    terms = ContestTerms("new", {"low": 900.0, "high": 1100.0}, "LMArena", "program", "checkable/1")
    results = make_results(terms, fought, Stopping({"low": 0.5, "high": 0.5}))
    rating = results[-1]
    assert (rating.metric, rating.n) == ("battle_elo", 400)
    assert rating.value == pytest.approx(1000, abs=1)
    assert rating.low < 1000 < rating.high


def test_weights_without_a_chat_template_are_named(home, settings):
    engines = Engines()
    engines.templates["rel_weak"] = None
    _, report = fight(home, settings, engines)
    assert report.results[0]["conditions"]["note"].endswith("to follow requests: weak")


def test_who_won_everything_has_a_win_rate_and_no_rating(home, settings):
    terms = ContestTerms("new", {"low": 900.0}, "LMArena", "program", "checkable/1")
    fought = [Fought(f"p/{n}", "low", 1.0) for n in range(20)]
    (rate,) = make_results(terms, fought, Stopping({"low": 0.5}))
    assert (rate.metric, rate.value, rate.n) == ("battle_win_rate", 1.0, 20)
    assert make_results(terms, [Fought("p/1", "low", None)], Stopping({"low": 0.5})) == []


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


def test_a_prompt_without_verdict_counts_as_a_tie_for_stopping():
    stopping = Stopping({"a": 0.5}, least=2)
    for _ in range(100):
        stopping.take({"a": None})
    assert stopping.side is Side.OPEN
    assert not stopping.is_enough


def test_stopping_errs_as_seldom_as_it_says():
    """Against an opponent it equals, a challenger is called better or worse in 5% at most."""
    import numpy as np

    random, wrong = np.random.default_rng(4), 0
    for _ in range(200):
        stopping = Stopping({"a": 0.5}, alpha=0.1)
        for score in random.choice([0.0, 0.5, 1.0], size=200):
            stopping.take({"a": float(score)})
        wrong += stopping.side is not Side.OPEN
    assert wrong / 200 <= 0.1


def test_expected_scores():
    assert compute_expected({"a": 1000.0, "b": None}, 1400.0) == {
        "a": pytest.approx(10 / 11),
        "b": 0.5,
    }
    assert compute_expected({"a": 1000.0}, None) == {"a": 0.5}


@contextmanager
def serve_model(answer):
    """A completions server on loopback that takes token ids; it hangs up at every fifth."""
    asked = itertools.count(1)

    class Handler(loopback.Handler):
        def do_GET(self):
            listing = {"data": [{"id": "toy", "max_model_len": 4096}]}
            self.reply(listing if self.path == "/v1/models" else {"version": "1"})

        def do_POST(self):
            prompt = self.read_json()["prompt"]
            if next(asked) % 5 == 0:
                return self.hang_up()
            choice = {"text": answer("".join(map(chr, prompt))), "finish_reason": "stop"}
            return self.reply({"choices": [choice], "usage": {"prompt_tokens": len(prompt)}})

    with loopback.run_server(Handler) as url:
        yield url


class Servers(Engines):
    """Opens clients of real servers on loopback."""

    @contextmanager
    def open(self, local):
        def answer(text):
            lucky = is_lucky(local.release_id + text, self.share[local.release_id])
            return self.answers[text].right if lucky else self.answers[text].wrong

        with serve_model(answer) as url:
            bench = make_bench(ask_running_server(url), Tokens(), local)
            yield SimpleNamespace(open_bench=lambda window: bench, reopen=lambda window: bench)


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
