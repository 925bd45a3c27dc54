"""Carry out the probe `context_ladder`: ask what the climb wants, until it wants no more."""

from collections.abc import Callable
from functools import partial

from sqlmodel import Session

from kb.domain.drafts import Conditions
from kb.domain.outcomes import Basis
from kb.domain.results import Question, Result, Scored
from kb.stages.measure import insert_trial, read_results, read_trials
from kb.tables import Environment
from verifiers.engines.protocol import Engine
from verifiers.probes import accepted_window, context_ladder
from verifiers.probes.ladder_results import make_results
from verifiers.running.jobs import Job
from verifiers.serving.asking import Asked, Asker
from verifiers.serving.listening import Listener
from verifiers.serving.session import Bench, EngineSession, record_bench


class LadderRun:
    """One ladder on one release: the engine, the answers so far, and the climb."""

    def __init__(
        self,
        session: Session,
        job: Job,
        engine: EngineSession,
        listener: Listener,
        is_over: Callable[[], bool],
    ) -> None:
        self.session, self.job, self.engine, self.listener = session, job, engine, listener
        self.asked = 0
        self.window = _find_served_window(session, job)
        self.climb = context_ladder.make_climb(job.plan.parameters, self.window)
        bench = engine.open_bench(self.climb.terms.lengths[-1])
        self.bench = bench
        self.environment = record_bench(session, bench)
        self.answers = {
            item: trial.score for item, trial in read_trials(session, job.plan.id).items()
        }
        self.asker = Asker(bench.engine, self._make_question, self._revive, is_over)

    def run(self) -> tuple[Environment, list[Result]]:
        """Climb to the end; every answer that the climb wants is stored as it comes."""
        terms = self.climb.terms
        self.listener.start(self.job.title, terms.budget_tokens)
        with self.asker:
            while rounds := self.climb.next_rounds():
                lengths = ", ".join(f"{each:,}" for each in sorted({each[0] for each in rounds}))
                self.listener.say(f"{self.job.title}: {lengths} tokens")
                before = self.climb.spent_tokens
                self._ask(context_ladder.list_items(rounds))
                scores = partial(context_ladder.list_round_scores, self.answers)
                self.climb.take({each: scores(each) for each in rounds})
                self.listener.advance(self.climb.spent_tokens - before)
        results = make_results(self.job.plan.parameters, self.climb, self.answers)
        return self.environment, [*results, _make_fitness_result(self.bench)]

    def _ask(self, items: list[str]) -> None:
        ahead = (
            item
            for each in self.climb.guess_following()
            for item in context_ladder.list_items([each])
            if item not in self.answers
        )
        for asked in self.asker.ask([each for each in items if each not in self.answers], ahead):
            self._store(asked)

    def _make_question(self, item: str) -> Question:
        encode = self.bench.tokenizer.encode_prompt
        return context_ladder.make_question(item, self.job.plan.seed, encode)

    def _store(self, asked: Asked) -> None:
        question, completion = asked.question, asked.completion
        score = context_ladder.score(completion.text, question.expected)
        insert_trial(
            self.session,
            self.job.plan.id,
            self.environment.id,
            question,
            Scored(completion.text, context_ladder.SCORER, score, completion.finish_reason),
            asked.asked_at,
            asked.duration_ms,
        )
        self.answers[question.item] = score
        self.asked += 1

    def _revive(self) -> Engine:
        self.listener.say("the engine was lost; starting another")
        self.bench = self.engine.reopen(self.climb.terms.lengths[-1])
        return self.bench.engine


def _find_served_window(session: Session, job: Job) -> int:
    """The longest window of this release that was accepted, or that the plan asks for."""
    found = read_results(session, job.release.id, accepted_window.NAME)
    accepted = [
        int(row.value) for row in found if row.metric == accepted_window.METRIC and row.value
    ]
    return max(accepted, default=max(job.plan.parameters["lengths"]))


def _make_fitness_result(bench: Bench) -> Result:
    bits = round(bench.fitness.bits_per_byte, 4)
    return Result(
        "bits_per_byte",
        Basis.MEASURED_HERE,
        bits,
        bits,
        bits,
        unit="bits per byte",
        n=bench.fitness.tokens,
        n_unit="tokens",
        conditions=Conditions(note="loss on a fixed text, before anything else was measured"),
    )
