"""Run jobs: ask what was not asked yet, store each answer at once, then the results."""

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from sqlmodel import Session

from kb.domain.drafts import Conditions
from kb.domain.errors import UserError
from kb.domain.outcomes import Basis
from kb.domain.results import Answer, Result
from kb.settings import Settings
from kb.stages.measure import insert_results, insert_trial, read_trials
from kb.tables import Trial
from kb.tables.base import now_utc
from verifiers.jobs import Job, is_done
from verifiers.probes import config_facts, context_window
from verifiers.session import Bench, EngineSession, record_bench, record_header
from verifiers.weights import read_local_facts


@dataclass
class VerifyReport:
    """What was measured, what was there already, what was left out and why."""

    measured: int = 0
    reused: int = 0
    questions: int = 0
    new_rows: int = 0
    failed: int = 0
    left_out: list[str] = field(default_factory=list)


@dataclass
class Listener:
    """Whom to tell how far it is. `total` counts questions."""

    say: Callable[[str], None] = lambda words: None
    start: Callable[[str, int], None] = lambda title, total: None
    advance: Callable[[int], None] = lambda steps: None


class OutOfTimeError(Exception):
    """The time given to the run is over; what was answered is kept."""


class Runner:
    """Carries jobs through, one release at a time."""

    def __init__(
        self, session: Session, settings: Settings, listener: Listener, deadline: float | None
    ) -> None:
        self.session = session
        self.settings = settings
        self.listener = listener
        self.deadline = deadline
        self.report = VerifyReport()

    def run(self, jobs: list[Job]) -> VerifyReport:
        """Run all jobs; one that fails, or for which no time is left, is left out and told."""
        by_release: dict[str, list[Job]] = defaultdict(list)
        for job in jobs:
            if is_done(self.session, job):
                self.report.reused += 1
            else:
                by_release[job.release.id].append(job)
        for todo in by_release.values():
            with EngineSession(self.settings, todo[0].local, self.listener.say) as engine:
                for job in todo:
                    self._run_job(job, engine)
        return self.report

    def _run_job(self, job: Job, engine: EngineSession) -> None:
        try:
            if job.plan.probe == config_facts.NAME:
                self._read_header(job)
            else:
                self._climb_ladder(job, engine)
            self.report.measured += 1
        except OutOfTimeError:
            self._leave_out(job, "no time left; run again to go on")
        except UserError as error:
            engine.discard()
            self.report.failed += 1
            self._leave_out(job, f"not measured: {error}")

    def _read_header(self, job: Job) -> None:
        facts = read_local_facts(job.local)
        results = config_facts.read_results(job.plan.parameters, facts)
        self._store(job, record_header(self.session, job.local).id, results)

    def _climb_ladder(self, job: Job, engine: EngineSession) -> None:
        self._check_time()
        parameters = job.plan.parameters
        rungs: list[int] = parameters["rungs"]
        counts = dict(zip(rungs, parameters["questions"], strict=True))
        bench = engine.open_bench(rungs[-1])
        environment_id = record_bench(self.session, bench).id
        self.listener.start(job.title, sum(counts.values()))
        ask = partial(self._ask_rung, job, bench, environment_id)
        longest = ask(rungs[-1], counts[rungs[-1]], only_first=True)[0]
        answers: dict[int, list[Answer]] = {}
        for rung in rungs:
            answers[rung] = ask(rung, counts[rung])
            if context_window.has_failed(answers[rung]) and rung != rungs[-1]:
                self._leave_out(job, f"longer than {rung:,} tokens was not asked; that failed")
                break
        results = context_window.make_results(parameters, answers, longest)
        self._store(job, environment_id, [*results, _make_fitness_result(bench)])
        if rungs[-1] < parameters["claimed_tokens"]:
            claimed, profile = parameters["claimed_tokens"], parameters["profile"]
            self._leave_out(
                job,
                f"{rungs[-1]:,} to {claimed:,} tokens are not in the {profile} profile; "
                "use --profile full",
            )

    def _leave_out(self, job: Job, words: str) -> None:
        self.report.left_out.append(f"{job.title}: {words}")

    def _ask_rung(
        self,
        job: Job,
        bench: Bench,
        environment_id: str,
        rung: int,
        count: int,
        only_first: bool = False,
    ) -> list[Answer]:
        known = read_trials(self.session, job.plan.id)
        items = context_window.list_items(rung, count, job.plan.seed)
        answers = []
        for item in items[:1] if only_first else items:
            trial = known.get(item.name) or self._ask(job, bench, item, environment_id)
            answers.append(_as_answer(trial))
            self.listener.advance(0 if only_first else 1)
        return answers

    def _ask(self, job: Job, bench: Bench, item: context_window.Item, environment_id: str) -> Trial:
        self._check_time()
        encode = bench.tokenizer.encode_prompt
        question = context_window.make_question(item, job.plan.seed, encode)
        asked_at, began = now_utc(), time.monotonic()
        completion = bench.engine.complete(question.prompt, question.max_tokens, question.stop)
        self.report.questions += 1
        return insert_trial(
            self.session,
            job.plan.id,
            environment_id,
            question,
            completion.text,
            context_window.is_right(completion.text, question.expected),
            completion.finish_reason,
            asked_at,
            round((time.monotonic() - began) * 1000),
        )

    def _store(self, job: Job, environment_id: str, results: list[Result]) -> None:
        self.report.new_rows += insert_results(
            self.session, job.plan, job.claim.model_id, environment_id, results
        )

    def _check_time(self) -> None:
        if self.deadline is not None and time.monotonic() > self.deadline:
            raise OutOfTimeError


def _as_answer(trial: Trial) -> Answer:
    return Answer(trial.item, trial.context_tokens, trial.prompt_tokens, trial.correct)


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
