"""Contests between scripted engines, or clients of servers on loopback."""

import hashlib
import itertools
from contextlib import contextmanager
from types import SimpleNamespace

from kb.store.insert import insert_once, make_row
from kb.tables import Claim, Measurement
from tests import loopback
from verifiers.battles.contest_plan import Wish, plan_contest
from verifiers.battles.contest_run import ContestRun
from verifiers.battles.prompts import make_prompts
from verifiers.engines.openai_server import ask_running_server
from verifiers.engines.scripted import ScriptedEngine
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


def add_claim(session, value):
    rows = [
        make_row(Claim, id="clm_elo", model_id="t/strong", subject_text="strong",
                 claim_type="elo", claimed_text=str(value), claimed_value=value, unit="elo",
                 conditions={"board": "LMArena"}),
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
